package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.PowerSource;
import io.nationtech.harmony.domain.hardware.ThermalZone;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hardware without the noise of its figures: what moved little since it was told last keeps the figure that was told. Else each
 * file written and each breath of the fan would be news to the whole mesh.
 */
final class Settled {
    /** Of a disk's size: 1 in 20. */
    private static final int SPACE_PARTS = 20;

    private static final int DEGREES = 10;
    private static final int PERCENT = 10;

    private Settled() {}

    /** What was found, with figures of {@code before} where they differ by little. */
    static Hardware from(Hardware before, Hardware found) {
        Map<Object, Disk> disks = before.devices(Disk.class).collect(Collectors.toMap(Disk::path, Function.identity()));
        Map<Object, ThermalZone> zones = before.thermal().stream()
                .collect(Collectors.toMap(ThermalZone::path, Function.identity(), (one, _) -> one));
        List<Device> devices = found.devices().stream()
                .map(device ->
                        device instanceof Disk disk ? settled(disks.getOrDefault(disk.path(), disk), disk) : device)
                .toList();
        List<ThermalZone> thermal = found.thermal().stream()
                .map(zone -> settled(zones.getOrDefault(zone.path(), zone), zone))
                .toList();
        return new Hardware(
                found.processor(),
                found.memory(),
                devices,
                thermal,
                settled(before.power(), found.power()),
                found.uplink(),
                found.platform(),
                found.workSpace().map(space -> settled(before.workSpace(), space)));
    }

    private static Device settled(Disk before, Disk now) {
        long moved = Math.abs(before.free().bytes() - now.free().bytes());
        return before.size().equals(now.size()) && moved < now.size().bytes() / SPACE_PARTS
                ? new Disk(now.path(), now.medium(), now.size(), before.free(), now.health())
                : now;
    }

    /** The less is free, the smaller the steps in which it is told; that it is nearly full is told at once. */
    private static WorkSpace settled(Optional<WorkSpace> before, WorkSpace now) {
        long small = now.size().bytes() / SPACE_PARTS;
        long smallest = small / SPACE_PARTS;
        return before.filter(was -> was.size().equals(now.size()) && (was.isNearlyFull() || !now.isNearlyFull()))
                .filter(was -> Math.abs(was.free().bytes() - now.free().bytes())
                        < Math.clamp(was.free().bytes() / 2, smallest, small))
                .orElse(now);
    }

    private static ThermalZone settled(ThermalZone before, ThermalZone now) {
        return before.kind().equals(now.kind()) && Math.abs(before.celsius() - now.celsius()) < DEGREES ? before : now;
    }

    private static PowerSource settled(PowerSource before, PowerSource now) {
        boolean isNear = switch (now) {
            case PowerSource.Battery(int percent) ->
                before instanceof PowerSource.Battery(int was) && Math.abs(percent - was) < PERCENT;
            case PowerSource.BackedMains(int percent) ->
                before instanceof PowerSource.BackedMains(int was) && Math.abs(percent - was) < PERCENT;
            case PowerSource.Unknown _, PowerSource.Mains _ -> false;
        };
        return isNear ? before : now;
    }
}
