package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

/**
 * Lets equal parts of what was decoded be one object: a fleet has few models of machines, and a deployment's containers are the same on
 * all its nodes. Remembers so many values and no more, whatever is written; forgetting one only costs memory. Safe for use by several
 * threads.
 */
final class Sharing {
    private static final int SLOTS = 1 << 12;

    private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);

    HardwareReport in(HardwareReport report) {
        return new HardwareReport(
                report.node(),
                report.generation(),
                report.location(),
                one(report.hardware(), this::lean),
                report.unread());
    }

    private Hardware lean(Hardware hardware) {
        return new Hardware(
                one(hardware.processor()),
                hardware.memory(),
                hardware.devices().stream().map(this::one).toList(),
                hardware.thermal().stream().map(this::one).toList(),
                hardware.power(),
                hardware.uplink(),
                one(hardware.platform()),
                hardware.workSpace());
    }

    DesiredState in(DesiredState desired) {
        return new DesiredState(
                desired.node(),
                one(desired.deployment()),
                desired.resources().stream().map(this::one).toList(),
                desired.rollback());
    }

    NodeState in(NodeState state) {
        return new NodeState(
                state.node(),
                one(state.deployment()),
                state.revision(),
                one(state.convergence()),
                state.resources().stream().map(this::one).toList(),
                state.since(),
                state.address().map(this::one),
                state.serves().stream().map(this::one).toList(),
                state.notBefore());
    }

    private <T> T one(T value) {
        return one(value, UnaryOperator.identity());
    }

    @SuppressWarnings("unchecked") // a record equals only those of its own class
    private <T> T one(T value, UnaryOperator<T> lean) {
        int hash = value.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Object known = slots.get(slot);
        if (value.equals(known)) {
            return (T) known;
        }
        T kept = lean.apply(value);
        slots.set(slot, kept);
        return kept;
    }
}
