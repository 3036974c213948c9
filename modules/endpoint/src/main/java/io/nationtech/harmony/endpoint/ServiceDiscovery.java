package io.nationtech.harmony.endpoint;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.capability.Replicates;

/** Leads containers to services of other deployments, wherever these run. */
@FailsOver
@Replicates
public interface ServiceDiscovery extends Capability {}
