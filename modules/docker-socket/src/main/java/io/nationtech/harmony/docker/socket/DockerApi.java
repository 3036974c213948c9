package io.nationtech.harmony.docker.socket;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.FailsOver;
import io.nationtech.harmony.domain.capability.Replicates;

/** Answers containers as Docker's engine does, by a socket: what dashboards, proxies and updaters ask. */
@FailsOver
@Replicates
public interface DockerApi extends Capability {}
