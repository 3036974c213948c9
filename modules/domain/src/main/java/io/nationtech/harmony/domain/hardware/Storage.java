package io.nationtech.harmony.domain.hardware;

import java.util.List;
import java.util.Optional;

/** Free space on one disk that does not expect to fail. */
public record Storage(DiskSpace free, Optional<Medium> medium, Sharing sharing) implements DeviceClaim {

    /** So much, on any disk. */
    public static Storage free(DiskSpace space) {
        return new Storage(space, Optional.empty(), Sharing.SHARED);
    }

    /** The same on such a medium; an NVMe disk is an SSD. */
    public Storage medium(Medium wanted) {
        return new Storage(free, Optional.of(wanted), sharing);
    }

    /** The same on a disk of its own. */
    public Storage exclusive() {
        return new Storage(free, medium, Sharing.EXCLUSIVE);
    }

    @Override
    public long amount() {
        return free.bytes();
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(
                hardware,
                Disk.class,
                disk -> disk.health() != DiskHealth.FAILING
                        && (medium.isEmpty() || disk.medium().satisfies(medium.get())),
                disk -> new Unit(disk.path(), disk.free().bytes()));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return new Storage(DiskSpace.ofBytes(0), medium, Sharing.SHARED);
    }

    @Override
    public String kind() {
        return medium.map(Medium::toString).orElse("disk");
    }

    @Override
    public String toString() {
        return "%s free on %s%s".formatted(free, sharing == Sharing.EXCLUSIVE ? "its own " : "", kind());
    }
}
