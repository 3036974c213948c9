package io.nationtech.harmony.hardware.storage;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Disk;
import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.hardware.source.Fact;
import io.nationtech.harmony.hardware.source.HardwareSource;
import io.nationtech.harmony.hardware.source.Look;
import io.nationtech.harmony.hardware.source.Pace;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All disks but those that software makes out of others or out of memory. */
public final class StorageSource implements HardwareSource {
    private static final ModelName NAME = ModelName.cleaned("storage");
    private static final String FOLDER = "sys/block";

    @Override
    public ModelName name() {
        return NAME;
    }

    @Override
    public List<String> watched() {
        return List.of(FOLDER);
    }

    @Override
    public Pace pace() {
        return Pace.MOVING;
    }

    /** Loop, memory, optical and network disks, mappings and arrays of others, and what eMMC keeps for firmware. */
    private static final Pattern NO_DISK =
            Pattern.compile("(loop|ram|zram|sr|fd|dm-|md|nbd|rbd|drbd|mtdblock).*|mmcblk[0-9]+(boot[0-9]+|rpmb)");

    /** Sizes in sysfs count these, whatever a disk's own blocks are. */
    private static final int SECTOR = 512;

    @Override
    public List<Fact> facts(Look look) {
        WorkFolder work = WorkFolder.find(look);
        Stream<Fact> disks = look.names(FOLDER).stream()
                .filter(name -> !NO_DISK.matcher(name).matches())
                .filter(name -> look.textIfAny(FOLDER + "/" + name + "/hidden")
                        .filter("1"::equals)
                        .isEmpty())
                .flatMap(name -> disk(look, work, name).stream());
        return Stream.concat(disks, work.space().stream().map(Fact.OfWorkSpace::new))
                .toList();
    }

    /** A reader without a card has size 0 and is no disk. */
    private static Optional<Fact> disk(Look look, WorkFolder work, String name) {
        String folder = FOLDER + "/" + name;
        return look.number(folder + "/size")
                .filter(sectors -> sectors > 0)
                .flatMap(sectors -> look.value(folder, () -> {
                    DiskSpace size = DiskSpace.ofBytes(Math.multiplyExact(sectors, SECTOR));
                    long free = FreeSpace.of(look, work, name, sectors) * SECTOR + work.usableOn(name);
                    return new Fact.OfDevice(new Disk(
                            DevicePath.of(name),
                            Media.of(look, name),
                            size,
                            DiskSpace.ofBytes(Math.min(free, size.bytes())),
                            Health.of(look, name)));
                }));
    }
}
