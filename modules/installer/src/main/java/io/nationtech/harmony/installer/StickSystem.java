package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.Partition;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.SystemIdentification;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.seed.StickImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system that the stick brings, which runs now and is copied.
 *
 * @param version as its labels have it
 * @param stick the disk that this was started from
 * @param bootFiles where its boot partition is mounted
 */
record StickSystem(SystemVersion version, Disk stick, Path bootFiles) {
    /** The parts of a slot, in the order of the disk: signature, hashes, files. */
    private static final List<String> PARTS = List.of("_s", "_v", "");

    /**
     * Finds it.
     *
     * @param root of the running system
     * @throws InstallationFailedException when this was not started from a stick, or two sticks are there
     */
    static StickSystem of(List<Disk> disks, Path root) {
        List<Disk> sticks = disks.stream()
                .filter(disk -> disk.partition(StickImage.LABEL).isPresent())
                .toList();
        if (sticks.size() != 1) {
            throw sticks.isEmpty()
                    ? failed("no disk has a seed's partition", "start the machine from a stick of `harmony usb create`")
                    : failed(
                            "there are %d sticks, and each may say something else: %s"
                                    .formatted(
                                            sticks.size(),
                                            String.join(
                                                    "; ",
                                                    sticks.stream()
                                                            .map(Disk::toString)
                                                            .toList())),
                            "pull all but one, and start the machine from that");
        }
        StickSystem system = new StickSystem(version(root), sticks.getFirst(), root.resolve("boot"));
        system.parts();
        system.requireKernel();
        return system;
    }

    private static SystemVersion version(Path root) {
        Path release = root.resolve("usr/lib/os-release");
        try {
            return new SystemIdentification(Files.readString(release))
                    .image()
                    .orElseThrow(() -> failed(
                            "%s has no IMAGE_VERSION of 12 digits beside IMAGE_ID=harmony".formatted(release),
                            "take the image as it was released"));
        } catch (IOException e) {
            throw failed("%s cannot be read: %s".formatted(release, e), "start the machine from the stick again");
        }
    }

    String label() {
        return "harmony_" + version;
    }

    /** The partitions that are copied, in their order. */
    List<Partition> parts() {
        return PARTS.stream()
                .map(suffix -> stick.partition(label() + suffix)
                        .orElseThrow(() -> failed(
                                "the stick has no partition '%s%s', and so is not what this was started from"
                                        .formatted(label(), suffix),
                                "pull other sticks, and start the machine from the one that is to be installed")))
                .toList();
    }

    String kernel() {
        return label() + ".efi";
    }

    /** What of the boot partition is the stick's own, or another version's, and is not copied. */
    List<Path> notCopied() {
        List<Path> left = new ArrayList<>();
        for (String name :
                List.of("loader/credentials", "loader/addons", "loader/random-seed", "loader/entries.srel")) {
            Optional.of(bootFiles.resolve(name)).filter(Files::exists).ifPresent(left::add);
        }
        try (Stream<Path> kernels = Files.list(kernels())) {
            kernels.filter(file -> !file.getFileName().toString().equals(kernel()))
                    .forEach(left::add);
        } catch (IOException e) {
            throw failed("%s cannot be read: %s".formatted(kernels(), e), "start the machine from the stick again");
        }
        return left;
    }

    private void requireKernel() {
        if (!Files.exists(kernels().resolve(kernel()))) {
            throw failed(
                    "there is no kernel %s in %s".formatted(kernel(), kernels()), "take the image as it was released");
        }
    }

    private Path kernels() {
        return bootFiles.resolve("EFI/Linux");
    }

    private static InstallationFailedException failed(String what, String next) {
        return new InstallationFailedException(new Cause(what, "this machine", next));
    }
}
