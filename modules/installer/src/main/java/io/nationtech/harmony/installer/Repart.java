package io.nationtech.harmony.installer;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.Partition;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.programs.Program;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a disk by systemd-repart(8): contents first, and the partition table last, so that a disk has all or is as before. The image's definitions
 * say how large partitions are; what differs from stick to stick stands beside them, as drop-ins (repart.d(5)).
 *
 * @param definitions of the image
 * @param work a folder in memory
 */
record Repart(Path definitions, Path work) {
    private static final Duration LONGEST = Duration.ofMinutes(60);
    private static final List<String> SLOT = List.of("20-usr-verity-sig", "21-usr-verity", "22-usr");

    /**
     * Writes it all, and returns once it is on the disk.
     *
     * @param id of the boot partition
     * @param credentials a folder of what goes with it
     * @param written told now and then of the bytes that were written
     */
    void write(Disk target, StickSystem system, UUID id, Path credentials, LongConsumer written)
            throws InterruptedException {
        try {
            describe(system, id, credentials);
            WrittenBytes bytes = WrittenBytes.of(target);
            Tool.run(
                    LONGEST,
                    Program.of(
                            "systemd-repart",
                            "--dry-run=no",
                            "--empty=force",
                            "--seed=random",
                            // File systems are made by mtools: neither loop devices nor mounts, which a cut may leave
                            // behind.
                            "--offline=yes",
                            "--no-pager",
                            "--definitions=" + definitions,
                            "--definitions=" + described(),
                            target.path()),
                    () -> written.accept(bytes.since()));
            try (FileChannel disk = FileChannel.open(Path.of(target.path()), StandardOpenOption.WRITE)) {
                disk.force(true);
            }
        } catch (IOException e) {
            throw new InstallationFailedException(new Cause(
                    "it cannot be written: " + e, target.toString(), "start the machine from the stick again"));
        }
    }

    private void describe(StickSystem system, UUID id, Path credentials) throws IOException {
        Stream<String> boot = Stream.of(
                "UUID=" + id,
                "CopyFiles=%s:/".formatted(system.bootFiles()),
                "CopyFiles=%s:/loader/credentials".formatted(credentials));
        dropIn("10-esp", Stream.concat(boot, system.notCopied().stream().map(path -> "ExcludeFiles=" + path)));
        List<Partition> parts = system.parts();
        for (int i = 0; i < SLOT.size(); i++) {
            Partition part = parts.get(i);
            Stream<String> copied = Stream.of(
                    "CopyBlocks=" + part.path(),
                    "Label=" + part.label().orElse(""),
                    // By which the system finds the parts that belong together.
                    "UUID=" + part.uuid().orElse("null"),
                    "Flags=0x%x".formatted(part.flags()));
            dropIn(SLOT.get(i), copied);
        }
    }

    private void dropIn(String definition, Stream<String> lines) throws IOException {
        Path folder = Files.createDirectories(described().resolve(definition + ".conf.d"));
        Files.writeString(folder.resolve("stick.conf"), lines.collect(Collectors.joining("\n", "[Partition]\n", "\n")));
    }

    private Path described() {
        return work.resolve("repart.d");
    }
}
