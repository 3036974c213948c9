package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.hardware.Unit;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a node's devices and ports is given out, and to whom. */
final class Ledger {
    private final Map<DevicePath, Use> uses = new HashMap<>(4);
    private final Map<NodePort, List<WorkloadId>> ports = new HashMap<>(4);
    private final Map<NodePort, List<WorkloadId>> sharedPorts = new HashMap<>(4);

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

    /**
     * Whether nobody is in the way of any of the ports.
     *
     * @param shared ports that others may have who share them too
     */
    boolean isFree(Set<NodePort> wanted, Set<NodePort> shared) {
        return isApart(wanted, ports) && isApart(wanted, sharedPorts) && isApart(shared, ports);
    }

    private static boolean isApart(Set<NodePort> wanted, Map<NodePort, List<WorkloadId>> taken) {
        return wanted.isEmpty() || taken.isEmpty() || wanted.stream().noneMatch(taken::containsKey);
    }

    /** Who has the port, alone or with others. */
    Optional<WorkloadId> holder(NodePort port) {
        return holderAlone(port)
                .or(() -> Optional.ofNullable(sharedPorts.get(port)).map(List::getFirst));
    }

    /** Who has the port and shares it with nobody. */
    Optional<WorkloadId> holderAlone(NodePort port) {
        return Optional.ofNullable(ports.get(port)).map(List::getFirst);
    }

    void take(Held work) {
        WorkloadId id = work.workload().id();
        work.devices().forEach(grant -> take(id, grant));
        for (NodePort port : work.workload().ports()) {
            ports.computeIfAbsent(port, _ -> new ArrayList<>(1)).add(id);
        }
        for (NodePort port : work.workload().sharedPorts()) {
            sharedPorts.computeIfAbsent(port, _ -> new ArrayList<>(1)).add(id);
        }
    }

    void giveBack(Held work) {
        WorkloadId id = work.workload().id();
        work.devices().forEach(grant -> giveBack(id, grant));
        for (NodePort port : work.workload().ports()) {
            ports.computeIfPresent(port, (_, holders) -> without(holders, id));
        }
        for (NodePort port : work.workload().sharedPorts()) {
            sharedPorts.computeIfPresent(port, (_, holders) -> without(holders, id));
        }
    }

    private static @Nullable List<WorkloadId> without(List<WorkloadId> holders, WorkloadId id) {
        List<WorkloadId> left = new ArrayList<>(holders);
        left.remove(id);
        return left.isEmpty() ? null : left;
    }

    private void take(WorkloadId holder, DeviceGrant grant) {
        Use before = uses.getOrDefault(grant.path(), new Use(Sharing.SHARED, 0, List.of()));
        List<WorkloadId> holders = new ArrayList<>(before.holders);
        holders.add(holder);
        uses.put(grant.path(), new Use(grant.sharing(), before.taken + grant.bytes(), holders));
    }

    private void giveBack(WorkloadId holder, DeviceGrant grant) {
        Use before = uses.get(grant.path());
        if (before == null) {
            return;
        }
        List<WorkloadId> holders = new ArrayList<>(before.holders);
        holders.remove(holder);
        if (holders.isEmpty()) {
            uses.remove(grant.path());
        } else {
            uses.put(grant.path(), new Use(Sharing.SHARED, before.taken - grant.bytes(), holders));
        }
    }

    /** The same without what these hold. */
    Ledger without(List<Held> leaving) {
        Ledger copy = new Ledger();
        copy.uses.putAll(uses);
        copy.ports.putAll(ports);
        copy.sharedPorts.putAll(sharedPorts);
        leaving.forEach(copy::giveBack);
        return copy;
    }
}
