package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Taint;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.Optional;
import java.util.Set;

/**
 * A node that work may be placed on.
 *
 * @param reserved what the node keeps for itself: the agent, the system
 * @param data of which the node holds a copy
 * @param maintenance why it is closed or being emptied, where that is known
 * @param shares folders of the household that it has
 */
public record PlacementNode(
        NodeId id,
        Location location,
        Hardware hardware,
        Optional<Demand> reserved,
        Set<Taint> taints,
        Availability availability,
        Set<DataName> data,
        Optional<Maintenance> maintenance,
        Set<ShareName> shares) {
    private static final int MILLIS = 1_000;

    public PlacementNode {
        taints = Set.copyOf(taints);
        data = Set.copyOf(data);
        shares = Set.copyOf(shares);
    }

    /** An open node without taints or data that keeps nothing for itself. */
    public static PlacementNode of(NodeId id, Location location, Hardware hardware) {
        return new PlacementNode(
                id,
                location,
                hardware,
                Optional.empty(),
                Set.of(),
                Availability.OPEN,
                Set.of(),
                Optional.empty(),
                Set.of());
    }

    /** The same, keeping this for itself. */
    public PlacementNode reserving(Demand demand) {
        return new PlacementNode(
                id, location, hardware, Optional.of(demand), taints, availability, data, maintenance, shares);
    }

    /** The same, with these taints. */
    public PlacementNode tainted(Set<Taint> with) {
        return new PlacementNode(id, location, hardware, reserved, with, availability, data, maintenance, shares);
    }

    /** The same, taking new work or not. */
    public PlacementNode availability(Availability other) {
        return new PlacementNode(id, location, hardware, reserved, taints, other, data, maintenance, shares);
    }

    /** The same, while somebody works on it. */
    public PlacementNode in(Maintenance told) {
        Availability now = switch (told.extent()) {
            case CORDONED -> Availability.CLOSED;
            case DRAINED -> Availability.DRAINING;
        };
        return new PlacementNode(id, location, hardware, reserved, taints, now, data, Optional.of(told), shares);
    }

    /** The same, with copies of this data. */
    public PlacementNode holding(Set<DataName> copies) {
        return new PlacementNode(id, location, hardware, reserved, taints, availability, copies, maintenance, shares);
    }

    /** The same, with just these shares. */
    public PlacementNode sharing(Set<ShareName> all) {
        return new PlacementNode(id, location, hardware, reserved, taints, availability, data, maintenance, all);
    }

    /** The same, with other hardware. */
    public PlacementNode with(Hardware other) {
        return new PlacementNode(id, location, other, reserved, taints, availability, data, maintenance, shares);
    }

    /** What work may have of the processor, in thousandths of one logical processor; not below 0. */
    int cpuForWork() {
        int all = hardware.processor().topology().threads() * MILLIS;
        return Math.max(0, all - reserved.map(kept -> kept.cpu().millis()).orElse(0));
    }

    /** What work may have of the memory, in bytes; not below 0. */
    long memoryForWork() {
        return Math.max(
                0,
                hardware.memory().bytes()
                        - reserved.map(kept -> kept.memory().bytes()).orElse(0L));
    }
}
