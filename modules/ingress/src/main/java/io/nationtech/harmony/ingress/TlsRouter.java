package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.capability.Replicates;

/** Takes HTTPS for names of the site, and leads it to the services behind them. */
@FailsOver
@Replicates
public interface TlsRouter extends Capability {}
