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
 */
public record NodeStatus(
        NodeInfo info,
        Liveness liveness,
        Optional<HardwareReport> hardware,
        Map<DeploymentName, Versioned<DesiredState>> desired) {
    public NodeStatus {
        desired = Map.copyOf(desired);
    }

    /** What it is known to have: what it said of its hardware, else what follows from what it said of itself. */
    public Hardware knownHardware() {
        return hardware.map(HardwareReport::hardware)
                .orElseGet(
                        () -> Hardware.least(InstructionSet.leastOf(info.architecture()), info.cpus(), info.memory()));
    }

    /** Whether work may be put on it. */
    public boolean isAlive() {
        return liveness instanceof Liveness.Alive;
    }
}
