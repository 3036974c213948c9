package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.os.update.Machine.Partition;
import io.nationtech.harmony.os.update.Machine.Room;
import io.nationtech.harmony.os.update.OsRelease.Architecture;
import io.nationtech.harmony.os.update.OsRelease.Part;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a release fits, found out before anything of it is fetched. */
record Preflight(OsRelease release, SystemVersion running, Room room) {
    /** Of what a file system needs for itself beside a file. */
    private static final long MARGIN = 1 << 20;

    /** What is left to deployments before a byte is kept for neighbours. */
    private static final long LEFT_FREE = 1L << 30;

    private static final Pattern KERNEL_IMAGE = Pattern.compile("harmony_([0-9]{12})(?:\\+[0-9-]+)?\\.efi");

    /** A partition's, by the UAPI group's specification of discoverable partitions. */
    static String type(Architecture architecture, Sort sort) {
        return switch (sort) {
            case USR ->
                switch (architecture) {
                    case X86_64 -> "8484680c-9521-48c6-9c11-b0720656f69e";
                    case ARM64 -> "b0e01050-ee5f-4390-949a-9101b17104e9";
                };
            case USR_VERITY ->
                switch (architecture) {
                    case X86_64 -> "77ff5f63-e7b6-4633-acf4-1565b864c0e6";
                    case ARM64 -> "6e11a4e7-fbca-4ded-b9e9-e1a512bb664e";
                };
            case USR_VERITY_SIG ->
                switch (architecture) {
                    case X86_64 -> "e7bb33fb-06cf-4e81-8273-e543b413e2e2";
                    case ARM64 -> "c23ce4ff-44bd-4b00-b2d4-b41b3419e02a";
                };
            case UKI -> throw new IllegalArgumentException("a kernel image lies in a file, not in a partition");
        };
    }

    /**
     * @param stagingFree bytes free where parts are staged
     * @param staged bytes of them that lie there already
     */
    void require(long stagingFree, long staged, String staging) throws UpgradeException {
        for (Part part : release.parts()) {
            if (part.sort() == Sort.UKI) {
                requireBoot(part);
            } else {
                requireSlot(part);
            }
        }
        long needed = staging();
        if (stagingFree + staged < needed + MARGIN) {
            throw tooLittle(
                    "%d MiB are free, and the release needs %d MiB while it is written"
                            .formatted((stagingFree + staged) >> 20, (needed >> 20) + 1),
                    staging,
                    "make room: take deployments with large volumes or images away from this node");
        }
    }

    /** Whether what is fetched can stay for neighbours, too. */
    boolean hasRoomForOffers(long stagingFree, long staged) {
        long packed = release.files().mapToLong(ReleaseFile::bytes).sum();
        return stagingFree + staged >= staging() + packed + LEFT_FREE;
    }

    /** All parts uncompressed, and one of them compressed beside. */
    private long staging() {
        return release.parts().stream().mapToLong(Part::bytes).sum()
                + release.parts().stream()
                        .mapToLong(part -> part.file().bytes())
                        .max()
                        .orElse(0);
    }

    /** Where there are two images already, what does not run goes before the new one comes. */
    private void requireBoot(Part part) throws UpgradeException {
        long goes = room.kernelImages().entrySet().stream()
                .filter(image -> isOurs(image.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (room.bootFree() + goes < part.bytes() + MARGIN) {
            throw tooLittle(
                    "%d MiB are free or will be, and the new kernel image needs %d MiB"
                            .formatted((room.bootFree() + goes) >> 20, (part.bytes() >> 20) + 1),
                    "the boot partition, /boot",
                    "look what fills it: `ls -lR /boot`; only kernel images and the boot loader belong there");
        }
    }

    private boolean isOurs(String name) {
        Matcher image = KERNEL_IMAGE.matcher(name);
        return image.matches() && !image.group(1).equals(running.value());
    }

    private void requireSlot(Part part) throws UpgradeException {
        String type = type(release.architecture(), part.sort());
        List<Partition> slots = room.partitions().stream()
                .filter(one -> one.type().equals(type))
                .toList();
        OptionalLong free = slots.stream()
                .filter(slot -> !slot.label().startsWith("harmony_" + running))
                .mapToLong(Partition::bytes)
                .max();
        if (free.isEmpty()) {
            throw tooLittle(
                    "of %d partitions for '%s' none is free beside the one that runs"
                            .formatted(slots.size(), part.sort()),
                    "the disk that the node runs from",
                    "install the node anew from a release's disk image, which makes two of each");
        }
        if (free.getAsLong() < part.bytes()) {
            throw tooLittle(
                    "the free partition for '%s' has %d bytes, and the release needs %d"
                            .formatted(part.sort(), free.getAsLong(), part.bytes()),
                    "the disk that the node runs from",
                    "make a smaller release, or install the node anew from that release's disk image");
        }
    }

    private UpgradeException tooLittle(String what, String where, String next) {
        return new UpgradeException(
                new Cause("there is no room for release %s: %s".formatted(release.version(), what), where, next));
    }
}
