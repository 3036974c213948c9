package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.hardware.NodeClass;
import io.nationtech.harmony.domain.hardware.NodeClassName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.MachineCount;
import io.nationtech.harmony.domain.value.Memory;

/**
 * Machines of one kind that stand together, and fail together: what a topology promises that there is, so that a build can tell
 * whether a deployment fits. Placing goes by what the nodes say of themselves.
 *
 * @param kind the hardware of each
 * @param failureDomain what they share, as a circuit breaker or a switch
 * @param offers the capabilities of each, as a set
 */
public record Machines(
        NodeClass kind,
        Site site,
        FailureDomain failureDomain,
        MachineCount count,
        Class<? extends Capability> offers) {

    /** Machines of which nothing but their memory is promised. */
    public Machines(
            NodeClassName name,
            Site site,
            FailureDomain failureDomain,
            MachineCount count,
            Memory memory,
            Class<? extends Capability> offers) {
        this(NodeClass.of(name, memory), site, failureDomain, count, offers);
    }

    /** The name of their kind. */
    public NodeClassName name() {
        return kind.name();
    }

    /** Of each. */
    public Memory memory() {
        return kind.hardware().memory();
    }
}
