package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Map;
import java.util.Optional;

/**
 * A node as the mesh knows it.
 *
 * @param hardware what it said last of its hardware; empty when it never did
 * @param desired what it is told to have, by deployment
 * @param maintenance that somebody works on it; empty when nobody does
 */
public record NodeStatus(
        NodeInfo info,
        Liveness liveness,
        Optional<HardwareReport> hardware,
        Map<DeploymentName, Versioned<DesiredState>> desired,
        Optional<Maintenance> maintenance) {
    public NodeStatus {
        desired = Map.copyOf(desired);
    }

    /** One that nobody works on. */
    public NodeStatus(
            NodeInfo info,
            Liveness liveness,
            Optional<HardwareReport> hardware,
            Map<DeploymentName, Versioned<DesiredState>> desired) {
        this(info, liveness, hardware, desired, Optional.empty());
    }

    /** The same node, which somebody works on. */
    public NodeStatus in(Maintenance told) {
        return new NodeStatus(info, liveness, hardware, desired, Optional.of(told));
    }

    /** What it is known to have: what it said of its hardware, else what follows from what it said of itself. */
    public Hardware knownHardware() {
        return hardware.map(HardwareReport::hardware)
                .orElseGet(() -> Hardware.least(
                        InstructionSet.leastOf(info.machine().architecture()),
                        info.machine().cpus(),
                        info.machine().memory()));
    }

    /** Whether it was heard of lately. */
    public boolean isAlive() {
        return liveness instanceof Liveness.Alive;
    }
}
