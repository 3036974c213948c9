package io.nationtech.harmony.cli;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.DisksUnavailableException;
import io.nationtech.harmony.disks.Lsblk;
import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a stick's image is written to, looked at before anything is written. */
sealed interface StickTarget {
    /** A stick that is larger may be somebody's disk: 256 GB. */
    long LARGEST_STICK = 256_000_000_000L;

    Path path();

    /** A new file, to be written onto a stick by another program. */
    record NewFile(Path path) implements StickTarget {
        @Override
        public String toString() {
            return "a new file, " + path;
        }
    }

    /** All of a disk. */
    record WholeDisk(Path path, Disk disk) implements StickTarget {
        @Override
        public String toString() {
            return "%s, which holds: %s".formatted(disk, disk.content());
        }
    }

    /**
     * Looks at it.
     *
     * @param acceptedLoss the word of a disk whose data may be lost
     * @throws CommandFailedException when it is not to be written to, with the reason
     */
    static StickTarget of(Path path, Optional<String> acceptedLoss) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return new NewFile(path.toAbsolutePath());
        }
        try {
            Path real = path.toRealPath();
            if (Files.isRegularFile(real) || Files.isDirectory(real)) {
                throw refused("there is something already", real.toString(), "name another file, or a disk");
            }
            Disk disk = disks().stream()
                    .filter(one -> one.path().equals(real.toString()))
                    .findFirst()
                    .orElseThrow(() -> refused(
                            "this is no whole disk",
                            real.toString(),
                            "name a new file or one of: "
                                    + disks().stream().map(Disk::path).toList()));
            requireFree(disk);
            requireStick(disk, acceptedLoss);
            return new WholeDisk(real, disk);
        } catch (IOException e) {
            throw refused("it cannot be looked at: " + e, path.toString(), "name a new file or a disk");
        }
    }

    private static void requireFree(Disk disk) {
        if (!disk.content().mounts().isEmpty()) {
            throw refused(
                    "this machine uses it, at "
                            + String.join(", ", disk.content().mounts()),
                    disk.toString(),
                    "unmount it first (`umount`), if it is the stick that you mean");
        }
        if (disk.extent().traits().contains(Disk.Trait.READ_ONLY)) {
            throw refused(
                    "it cannot be written to", disk.toString(), "look for a switch on the stick, or take another");
        }
    }

    private static void requireStick(Disk disk, Optional<String> acceptedLoss) {
        boolean isStick = disk.extent().traits().contains(Disk.Trait.REMOVABLE)
                && disk.extent().bytes() <= LARGEST_STICK;
        if (!isStick && acceptedLoss.filter(disk::isMeantBy).isEmpty()) {
            throw refused(
                    "this is no stick: %s; it holds: %s"
                            .formatted(
                                    disk.extent().bytes() > LARGEST_STICK
                                            ? "it is larger than " + Disk.size(LARGEST_STICK)
                                            : "it cannot be taken out",
                                    disk.content()),
                    disk.toString(),
                    "if all on it may be lost, say so by its word: --accept-loss " + disk.word());
        }
    }

    private static List<Disk> disks() {
        try {
            return Lsblk.disks();
        } catch (DisksUnavailableException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("this was interrupted", "this machine's disks", "say it again");
        }
    }

    private static CommandFailedException refused(String what, String where, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next));
    }
}
