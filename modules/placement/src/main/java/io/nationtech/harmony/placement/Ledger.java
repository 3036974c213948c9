package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.hardware.Unit;
import io.nationtech.harmony.domain.placement.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a node's devices is given out, and to whom. */
final class Ledger {
    private final Map<DevicePath, Use> uses = new HashMap<>(4);

    private record Use(Sharing sharing, long taken, List<WorkloadId> holders) {}

    /** Whether the claim could have the unit, were it the only one to come. */
    boolean allows(DeviceClaim claim, Unit unit) {
        Use use = uses.isEmpty() ? null : uses.get(unit.path());
        if (use == null) {
            return claim.amount() <= unit.capacity() || claim.amount() == 0;
        }
        return claim.sharing() == Sharing.SHARED && use.sharing == Sharing.SHARED && claim.amount() <= left(unit, use);
    }

    /** What of the unit is left to share, in bytes; 0 when somebody has it whole. */
    long left(Unit unit) {
        Use use = uses.get(unit.path());
        return use == null ? unit.capacity() : left(unit, use);
    }

    private static long left(Unit unit, Use use) {
        return use.sharing == Sharing.EXCLUSIVE ? 0 : Math.max(0, unit.capacity() - use.taken);
    }

    Optional<WorkloadId> holder(Unit unit) {
        return Optional.ofNullable(uses.get(unit.path())).map(use -> use.holders.getFirst());
    }

    void take(WorkloadId holder, Grant grant) {
        Use before = uses.getOrDefault(grant.device(), new Use(Sharing.SHARED, 0, List.of()));
        List<WorkloadId> holders = new ArrayList<>(before.holders);
        holders.add(holder);
        uses.put(
                grant.device(),
                new Use(grant.claim().sharing(), before.taken + grant.claim().amount(), holders));
    }

    void giveBack(WorkloadId holder, Grant grant) {
        Use before = uses.get(grant.device());
        if (before == null) {
            return;
        }
        List<WorkloadId> holders = new ArrayList<>(before.holders);
        holders.remove(holder);
        if (holders.isEmpty()) {
            uses.remove(grant.device());
        } else {
            uses.put(
                    grant.device(),
                    new Use(Sharing.SHARED, before.taken - grant.claim().amount(), holders));
        }
    }

    /** The same without what these hold. */
    Ledger without(List<Held> leaving) {
        Ledger copy = new Ledger();
        copy.uses.putAll(uses);
        leaving.forEach(held ->
                held.grants().forEach(grant -> copy.giveBack(held.workload().id(), grant)));
        return copy;
    }
}
