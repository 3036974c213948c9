package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.hardware.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds a device for each of a workload's claims on one node: exact, by trying. A workload has at most eight claims, and nearly all
 * have one.
 */
final class Assigning {
    private final List<DeviceClaim> claims;
    private final Unit[][] units;
    private final Ledger ledger;
    private final Unit[] chosen;

    /**
     * @param units by claim, those of the node that its kind fits
     */
    Assigning(List<DeviceClaim> claims, Unit[][] units, Ledger ledger) {
        this.claims = claims;
        this.units = units;
        this.ledger = ledger;
        this.chosen = new Unit[claims.size()];
    }

    /** Whether each claim can have a device. */
    boolean succeeds() {
        return assign(0);
    }

    /**
     * Devices for all claims; empty when there are none. Those preferred come first, then the tightest that will do, so that large ones
     * stay whole.
     */
    List<Grant> grants(Set<DevicePath> preferred) {
        for (int claim = 0; claim < units.length; claim++) {
            units[claim] = units[claim].clone();
            java.util.Arrays.sort(
                    units[claim],
                    Comparator.<Unit, Boolean>comparing(unit -> !preferred.contains(unit.path()))
                            .thenComparingLong(ledger::left)
                            .thenComparing(Unit::path));
        }
        List<Grant> grants = new ArrayList<>(claims.size());
        if (assign(0)) {
            for (int claim = 0; claim < chosen.length; claim++) {
                grants.add(new Grant(claims.get(claim), chosen[claim].path()));
            }
        }
        return grants;
    }

    private boolean assign(int claim) {
        if (claim == chosen.length) {
            return true;
        }
        for (Unit unit : units[claim]) {
            if (ledger.allows(claims.get(claim), unit) && agrees(claim, unit)) {
                chosen[claim] = unit;
                if (assign(claim + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the unit can go to this claim beside what the earlier ones were given. */
    private boolean agrees(int claim, Unit unit) {
        long amount = claims.get(claim).amount();
        for (int earlier = 0; earlier < claim; earlier++) {
            if (chosen[earlier].path().equals(unit.path())) {
                if (claims.get(claim).sharing() == Sharing.EXCLUSIVE
                        || claims.get(earlier).sharing() == Sharing.EXCLUSIVE) {
                    return false;
                }
                amount += claims.get(earlier).amount();
            }
        }
        return amount == 0 || amount <= ledger.left(unit);
    }
}
