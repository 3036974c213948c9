package io.nationtech.harmony.hardware.storage;

import io.nationtech.harmony.domain.hardware.Medium;
import io.nationtech.harmony.hardware.source.Look;
import java.util.Optional;
import java.util.Set;

/** What a disk keeps its bits on. */
final class Media {
    /** Who makes disks out of files. */
    private static final Set<String> VIRTUAL = Set.of("QEMU", "VMware", "Msft", "VBOX", "Google", "Xen");

    private Media() {}

    static Medium of(Look look, String disk) {
        String folder = "sys/block/" + disk + "/";
        if (disk.startsWith("nvme")) {
            return Medium.NVME;
        }
        if (disk.startsWith("mmcblk")) {
            return look.textIfAny(folder + "device/type").equals(Optional.of("SD")) ? Medium.SD_CARD : Medium.EMMC;
        }
        if (disk.startsWith("vd") || disk.startsWith("xvd") || isMadeOfFiles(look, folder)) {
            return Medium.VIRTUAL;
        }
        return look.text(folder + "queue/rotational").equals(Optional.of("0")) ? Medium.SSD : Medium.HDD;
    }

    /** ATA disks have {@code ATA} for a vendor, and their maker in the model. */
    private static boolean isMadeOfFiles(Look look, String folder) {
        return look.textIfAny(folder + "device/vendor")
                        .filter(VIRTUAL::contains)
                        .isPresent()
                || look.textIfAny(folder + "device/model")
                        .filter(model -> VIRTUAL.stream().anyMatch(model::startsWith))
                        .isPresent();
    }
}
