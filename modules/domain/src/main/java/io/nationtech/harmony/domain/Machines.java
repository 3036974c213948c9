package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.hardware.NodeClassName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.MachineCount;
import io.nationtech.harmony.domain.value.Memory;

/**
 * Machines of one kind that stand together, and fail together: what a topology promises that there is, so that a build can tell
 * whether a deployment fits. Placing goes by what the nodes say of themselves.
 *
 * @param failureDomain what they share, as a circuit breaker or a switch
 * @param memory of each
 * @param offers the capabilities of each, as a set
 */
public record Machines(
        NodeClassName name,
        Site site,
        FailureDomain failureDomain,
        MachineCount count,
        Memory memory,
        Class<? extends Capability> offers) {}
