package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;

/** How a container is. */
public record ContainerStatus(ContainerName name, Running running, Health health) {

    /** Whether it runs. */
    public enum Running {
        STARTING,
        RUNNING,
        STOPPED
    }

    /** What its probe says. */
    public enum Health {
        /** There is no probe, or it has not asked yet. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    /** The same container with what its probe says. */
    public ContainerStatus with(Health probed) {
        return new ContainerStatus(name, running, probed);
    }
}
