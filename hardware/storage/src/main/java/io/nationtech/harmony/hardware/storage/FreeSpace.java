package io.nationtech.harmony.hardware.storage;

import io.nationtech.harmony.hardware.source.Look;

/** What of a disk no partition and no file system has. */
final class FreeSpace {

    private FreeSpace() {}

    /** In sectors. Partitions count as used, whatever is in them. */
    static long of(Look look, WorkFolder work, String disk, long sectors) {
        String folder = "sys/block/" + disk;
        long partitioned = look.names(folder).stream()
                .filter(name -> look.exists(folder + "/" + name + "/partition"))
                .mapToLong(name -> look.number(folder + "/" + name + "/size").orElse(0L))
                .sum();
        if (partitioned > 0) {
            return Math.max(0, sectors - partitioned);
        }
        return isTaken(look, work, folder) ? 0 : sectors;
    }

    /** A disk without partitions may hold a file system, an encrypted one or a part of an array as a whole. */
    private static boolean isTaken(Look look, WorkFolder work, String folder) {
        return !look.names(folder + "/holders").isEmpty()
                || look.textIfAny(folder + "/dev")
                        .filter(device -> work.mounts(device) || holdsSomething(look, device))
                        .isPresent();
    }

    /** As udev found when the disk came. */
    private static boolean holdsSomething(Look look, String device) {
        return look.textIfAny("run/udev/data/b" + device)
                .filter(notes -> notes.contains("E:ID_FS_USAGE="))
                .isPresent();
    }
}
