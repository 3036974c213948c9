package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nationtech.harmony.disks.Disk;
import io.nationtech.harmony.disks.Disk.Content;
import io.nationtech.harmony.disks.Disk.Extent;
import io.nationtech.harmony.disks.Partition;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.installer.Screens.Movement;
import io.nationtech.harmony.installer.Screens.Screen;
import io.nationtech.harmony.seed.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A machine with a stick and an empty disk, both of them files, which systemd-repart takes for disks; and what was shown on its screen. */
final class Bench {
    static final String VERSION = "202611302100";
    static final Path DEFINITIONS =
            Path.of("../../image/mkosi.images/base/mkosi.extra/usr/lib/harmony/install.repart.d");
    static final Instant NOW = Instant.parse("2026-11-30T22:00:00Z");
    /** The first of the two halves of a root hash. */
    static final String USR = "7e5d1f8a-4c2b-6a90-b3d1-9c8e7f6a5b24";

    private static final String LABEL = "harmony_" + VERSION;
    private static final int PART = 24 << 20;

    private final Path folder;
    private final Path target;
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    Bench(Path folder, String seed) throws IOException {
        this.folder = folder;
        target = sized(folder.resolve("target.raw"), 8_000_000_000L);
        Files.writeString(
                Files.createDirectories(folder.resolve("seed")).resolve("seed.conf"), "# harmony-seed 1\n" + seed);
        for (String file : List.of(
                "EFI/BOOT/BOOTX64.EFI",
                "EFI/Linux/" + LABEL + ".efi",
                "EFI/Linux/" + LABEL + ".efi.extra.d/installer.addon.efi",
                "EFI/Linux/harmony_202601010000.efi",
                "loader/loader.conf",
                "loader/random-seed",
                "loader/credentials/harmony.installer.cred",
                "config.txt")) {
            Path path = boot().resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        for (String part : List.of("_s", "_v", "")) {
            byte[] bytes = new byte[part.equals("_s") ? 16384 : PART];
            new Random(part.hashCode()).nextBytes(bytes);
            Files.write(part(part), bytes);
        }
    }

    private static Path sized(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
        return file;
    }

    Path part(String suffix) {
        return folder.resolve("part" + suffix);
    }

    Path boot() {
        return folder.resolve("boot");
    }

    Path target() {
        return target;
    }

    /** Installs, with whatever somebody types. */
    Installing.Outcome install(String... typed) throws Exception {
        ByteArrayInputStream in =
                new ByteArrayInputStream(String.join("\n", typed).getBytes(StandardCharsets.UTF_8));
        Path work = Files.createTempDirectory(folder, "work");
        Site site = new Site(
                system(), new SeedFolder(folder.resolve("seed")), new Repart(DEFINITIONS.toAbsolutePath(), work), work);
        Screens screens = new Screens(List.of(new Screen(screen, in, Movement.LINES)));
        return new Installing(screens, site, InstantSource.fixed(NOW)).run(List.of(stick(), disk()));
    }

    private StickSystem system() {
        return new StickSystem(SystemVersion.of(VERSION), stick(), boot());
    }

    private Disk stick() {
        return new Disk(
                folder.resolve("stick").toString(),
                Optional.of("SanDisk 3.2Gen1"),
                Optional.of("4C530001231120115142"),
                new Extent(30_752_636_928L, Set.of(Disk.Trait.REMOVABLE)),
                new Content(
                        Optional.of("gpt"),
                        Optional.empty(),
                        List.of(
                                source("_s", "0b1e4a55-7d7b-4f7a-8a67-6c9a0d1f0e02"),
                                source("_v", "c1a3c2f0-3a0e-9b1d-6c7f-2a9d0e4b8f13"),
                                source("", USR)),
                        List.of("/usr")));
    }

    private Partition source(String suffix, String uuid) {
        return new Partition(
                part(suffix).toString(),
                PART,
                new Partition.Entry(Optional.empty(), Optional.of(LABEL + suffix), Optional.of(uuid), 1L << 60),
                Optional.empty());
    }

    /** As lsblk would tell of it now. */
    private Disk disk() throws Exception {
        List<Partition> partitions = table().lines()
                .filter(line -> line.contains("name="))
                .map(line -> new Partition(
                        "part",
                        1,
                        new Partition.Entry(
                                Optional.empty(),
                                Optional.of(line.replaceFirst(".*name=\"([^\"]*)\".*", "$1")),
                                Optional.of(line.replaceFirst(".*uuid=([^,]*),.*", "$1")),
                                0),
                        Optional.empty()))
                .toList();
        return new Disk(
                target.toString(),
                Optional.of("Samsung SSD 980 500GB"),
                Optional.of("S64DNL0T812345K"),
                new Extent(Files.size(target), Set.of()),
                new Content(
                        partitions.isEmpty() ? Optional.empty() : Optional.of("gpt"),
                        Optional.empty(),
                        partitions,
                        List.of()));
    }

    /** Its partition table; nothing where there is none. */
    String table() throws Exception {
        Process process = new ProcessBuilder("sfdisk", "--dump", target.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String table = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? table : "";
    }

    /** The first bytes of a partition, by its label. */
    byte[] content(String label, int bytes) throws Exception {
        try (FileChannel channel = FileChannel.open(target)) {
            ByteBuffer buffer = ByteBuffer.allocate(bytes);
            channel.read(buffer, offset(label));
            return buffer.array();
        }
    }

    long offset(String label) throws Exception {
        return table().lines()
                .filter(line -> line.contains("name=\"" + label + "\""))
                .map(line -> line.replaceFirst(".*start= *([0-9]+),.*", "$1"))
                .mapToLong(start -> Long.parseLong(start) * 512)
                .findFirst()
                .orElseThrow();
    }

    /** All files of the boot partition. */
    List<String> bootFiles() throws Exception {
        return run("mdir", "-/", "-b", "-a", "-i", target + "@@" + offset("ESP"), "::")
                .lines()
                .map(line -> line.replace("::/", ""))
                .filter(line -> !line.endsWith("/"))
                .sorted()
                .toList();
    }

    /** What a service would be told. */
    String credential(String name) throws Exception {
        Path sealed = folder.resolve(name + ".cred");
        run(
                "mcopy",
                "-o",
                "-i",
                target + "@@" + offset("ESP"),
                "::loader/credentials/" + name + ".cred",
                sealed.toString());
        return run(
                "systemd-creds",
                "--quiet",
                "--allow-null",
                "--name=" + name,
                "--newline=no",
                "decrypt",
                sealed.toString(),
                "-");
    }

    String seedText() throws IOException {
        return Files.readString(folder.resolve("seed/seed.conf"));
    }

    Seed seed() throws IOException {
        return Machines.seed(seedText());
    }

    String screen() {
        return screen.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(
                0, process.waitFor(), () -> String.join(" ", Stream.of(command).toList()) + ": " + said);
        return said;
    }
}
