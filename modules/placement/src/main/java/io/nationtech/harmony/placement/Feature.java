package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Trait;
import io.nationtech.harmony.domain.hardware.Unit;
import java.util.Arrays;
import java.util.BitSet;

/** Which nodes have what one requirement asks for, amounts aside; kept from decision to decision, as hardware seldom changes. */
final class Feature {
    private static final Unit[] NONE = {};

    private final Requirement requirement;
    private final BitSet has = new BitSet();
    private Unit[][] units = new Unit[0][];
    private long[] largest = new long[0];

    Feature(Requirement requirement, Nodes nodes) {
        this.requirement = requirement;
        for (int slot = nodes.present().nextSetBit(0);
                slot >= 0;
                slot = nodes.present().nextSetBit(slot + 1)) {
            look(slot, nodes.node(slot).hardware());
        }
    }

    /** Says anew whether the node has it. */
    void look(int slot, Hardware hardware) {
        switch (requirement) {
            case Trait trait -> has.set(slot, trait.isMetBy(hardware));
            case DeviceClaim claim -> keep(slot, claim.units(hardware).toArray(NONE));
        }
    }

    private void keep(int slot, Unit[] found) {
        if (slot >= units.length) {
            int before = units.length;
            units = Arrays.copyOf(units, Math.max(16, slot * 2));
            Arrays.fill(units, before, units.length, NONE);
            largest = Arrays.copyOf(largest, units.length);
        }
        units[slot] = found.length == 0 ? NONE : found;
        largest[slot] = 0;
        for (Unit unit : found) {
            largest[slot] = Math.max(largest[slot], unit.capacity());
        }
        has.set(slot, found.length > 0);
    }

    BitSet has() {
        return has;
    }

    /** The capacity of the node's largest such unit. */
    long largest(int slot) {
        return slot < largest.length ? largest[slot] : 0;
    }

    /** The units that a claim of this kind could get hold of, ordered by path. */
    Unit[] units(int slot) {
        return slot < units.length ? units[slot] : NONE;
    }
}
