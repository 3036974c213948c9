package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.capability.Replicates;

/** Looks up names of all the world for machines that ask it (RFC 1034 §5.3). */
@FailsOver
@Replicates
public interface DnsResolver extends Capability {}
