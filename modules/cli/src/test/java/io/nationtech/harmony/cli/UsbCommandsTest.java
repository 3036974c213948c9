package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.seed.Mesh;
import io.nationtech.harmony.seed.Seed;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sticks, as a person makes them, into files and onto disks. */
class UsbCommandsTest {
    private static final String SEED = """
            [Network]
            address = 192.0.2.7/24
            [WiFi]
            ssid = Shop
            passphrase = correct horse battery
            [Mesh]
            servers = tls://192.0.2.1
            [Install]
            min-size = 100G
            """;

    @TempDir
    private Path folder;

    private Path image;
    private Path seed;
    private Path stick;

    @BeforeEach
    void make() throws Exception {
        image = StickFiles.image(folder);
        seed = Files.writeString(folder.resolve("seed.conf"), SEED);
        stick = folder.resolve("stick.raw");
    }

    @Test
    void anOperatingSystemReadsOnTheStickWhatWasSaid() throws Exception {
        try (MeshOwner owner = MeshOwner.create(folder, "tls://192.0.2.1")) {
            owner.let(MeshRoles.NODE, "node-1");

            Typed typed = create(
                    "--login",
                    owner.files().login("node-1").toString(),
                    "--ca",
                    owner.files().authority().toString());

            assertEquals(0, typed.exitCode(), typed::err);
            Mesh mesh = read(StickFiles.seed(stick, folder)).mesh().orElseThrow();
            assertEquals(
                    Files.readString(owner.files().login("node-1")),
                    mesh.login().orElseThrow().creds());
            assertEquals(
                    Files.readString(owner.files().authority()),
                    mesh.authority().orElseThrow().pem());
            assertTrue(typed.err().contains("100 % written"), typed::err);
            assertTrue(typed.err().contains("100 % compared"), typed::err);
            assertFalse(typed.err().contains("correct horse"), typed::err);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(stick)));
            assertEquals(-1, Files.mismatch(without(image), without(stick)));
        }
    }

    /** The images without their seeds. */
    private Path without(Path file) throws Exception {
        Path copy = Files.copy(file, folder.resolve(file.getFileName() + ".without"));
        StickFiles.edit(copy, "", folder);
        StickFiles.run(
                "dd", "if=/dev/zero", "of=" + copy, "bs=1M", "seek=2", "count=16", "conv=notrunc", "status=none");
        return copy;
    }

    @Test
    void aDiskIsWrittenOnlyWhenItsLossIsAgreedToByItsWord() throws Exception {
        Path disk = StickFiles.zeros(folder.resolve("disk.raw"), 32 << 20);
        String device =
                StickFiles.run("losetup", "--find", "--show", disk.toString()).strip();
        try {
            String word = device.substring("/dev/".length());
            Typed refused = onto(device);
            assertEquals(1, refused.exitCode(), refused::err);
            assertTrue(
                    refused.err().contains("this is no stick: it cannot be taken out; it holds: empty"), refused::err);
            assertTrue(refused.err().contains("--accept-loss " + word), refused::err);
            assertEquals(1, onto(device, "--accept-loss", word + "1").exitCode());
            assertArrayEquals(new byte[1 << 20], head(disk));

            Typed done = onto(device, "--accept-loss", word);

            assertEquals(0, done.exitCode(), done::err);
            assertTrue(StickFiles.seed(disk, folder).contains("min-size = 100G"));
        } finally {
            StickFiles.run("losetup", "--detach", device);
        }
    }

    private static byte[] head(Path disk) throws Exception {
        try (InputStream in = Files.newInputStream(disk)) {
            return in.readNBytes(1 << 20);
        }
    }

    @Test
    void aDiskThatIsTooSmallIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path disk = StickFiles.zeros(folder.resolve("disk.raw"), 16 << 20);
        String device =
                StickFiles.run("losetup", "--find", "--show", disk.toString()).strip();
        try {
            Typed typed = onto(device, "--accept-loss", device.substring("/dev/".length()));

            assertEquals(1, typed.exitCode());
            assertTrue(typed.err().contains("the disk has room for 17 MB"), typed::err);
            assertArrayEquals(new byte[1 << 20], head(disk));
        } finally {
            StickFiles.run("losetup", "--detach", device);
        }
    }

    @Test
    void aDiskInUseIsLeftAlone() throws Exception {
        Path disk = StickFiles.zeros(folder.resolve("disk.raw"), 32 << 20);
        StickFiles.run("mkfs.ext4", "-q", disk.toString());
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        String device =
                StickFiles.run("losetup", "--find", "--show", disk.toString()).strip();
        try {
            StickFiles.run("mount", device, mounted.toString());
            try {
                Typed typed = onto(device, "--accept-loss", device.substring("/dev/".length()));

                assertEquals(1, typed.exitCode(), typed::err);
                assertTrue(typed.err().contains("this machine uses it, at " + mounted), typed::err);
            } finally {
                StickFiles.run("umount", mounted.toString());
            }
        } finally {
            StickFiles.run("losetup", "--detach", device);
        }
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws Exception {
        Files.writeString(stick, "mine");

        Typed there = create();

        assertEquals(1, there.exitCode());
        assertTrue(there.err().contains("there is something already"), there::err);
        assertEquals("mine", Files.readString(stick));
    }

    @Test
    void aDryRunSaysWhatWouldBeAndWritesNothing() {
        Typed typed = create("--dry-run");

        assertEquals(0, typed.exitCode(), typed::err);
        for (String said : List.of(
                "Onto: a new file, " + stick,
                "Network: 192.0.2.7/24, no gateway, by Wi-Fi 'Shop'",
                "Mesh: tls://192.0.2.1, known by authorities that the platform trusts, without a login",
                "Installs: by itself, onto the one disk with at least 100G; a disk with data on it is refused",
                "Nothing was written")) {
            assertTrue(typed.err().contains(said), () -> said + " is not in\n" + typed.err());
        }
        assertFalse(Files.exists(stick));
    }

    @Test
    void aWrongSeedIsRefusedWithAllItsLinesBeforeAnythingIsWritten() throws Exception {
        Files.writeString(seed, "[Network]\nadress = 192.0.2.7\n[Node]\nname = Node_1\n");

        Typed typed = create();

        assertEquals(1, typed.exitCode());
        assertTrue(
                typed.err().contains("line 2: [Network] has no key 'adress'; it has address, gateway, dns"),
                typed::err);
        assertTrue(typed.err().contains("line 4: [Node] name: "), typed::err);
        assertFalse(Files.exists(stick));
    }

    @Test
    void loginsThatAreNoNodesOrAreOverOrAreAnothersAreRefused() throws Exception {
        try (MeshOwner owner = MeshOwner.create(folder, "tls://192.0.2.1")) {
            owner.let(MeshRoles.OPERATOR, "ben");
            owner.let(MeshRoles.NODE, "node-2");
            String nodes = owner.files().login("node-2").toString();

            assertTrue(create("--login", owner.files().login("ben").toString())
                    .err()
                    .contains("the login of 'ben' is not a node's"));
            Typed late = Typed.at(Instant.now().plus(Duration.ofDays(2)), words(stick.toString(), "--login", nodes));
            assertTrue(late.err().contains("the login of 'node-2' is over since"), late::err);
            Files.writeString(seed, SEED + "[Node]\nname = node-1\n");
            Typed other = create("--login", nodes);
            assertTrue(
                    other.err().contains("the login is that of node 'node-2', and the seed calls the node 'node-1'"),
                    other::err);
            assertFalse(Files.exists(stick));
        }
    }

    @Test
    void aLoginWithoutAMeshHasNowhereToGo() throws Exception {
        Files.writeString(seed, "[Node]\nname = node-1\n");

        Typed typed = create("--ca", seed.toString());

        assertTrue(typed.err().contains("the seed does not say where its servers are"), typed::err);
    }

    @Test
    void imagesThatCannotBeToldAnythingAreRefusedByName() throws Exception {
        StickFiles.edit(image, "[Node]\nname = node-1\n", folder);
        assertTrue(create().err().contains("seed.conf was edited"), () -> create().err());

        Files.write(image, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
        assertTrue(create().err().contains("this is no image of a stick"), () -> create().err());
        assertTrue(create().err().contains("zstd -d"));

        Files.delete(image);
        assertTrue(create().err().contains("it cannot be read"), () -> create().err());
        assertFalse(Files.exists(stick));
    }

    @Test
    void checkReadsSeedsAndSticksAndShowsNoSecret() throws Exception {
        create();
        for (Path file : List.of(seed, stick)) {
            Typed typed = Typed.command("usb", "check", file.toString());

            assertEquals(0, typed.exitCode(), typed::err);
            assertTrue(typed.out().contains("by Wi-Fi 'Shop'"), typed::out);
            assertFalse(typed.out().contains("correct horse"), typed::out);
        }
        StickFiles.edit(stick, "[Node]\n", folder);
        Typed edited = Typed.command("usb", "check", stick.toString());
        assertEquals(1, edited.exitCode());
        assertTrue(edited.err().contains("mount its partition HARMONY"), edited::err);
    }

    @Test
    void theTemplateIsASeedThatSaysNothing() {
        Typed typed = Typed.command("usb", "template");

        assertEquals(Seed.EMPTY, read(typed.out()));
        assertTrue(typed.out().contains("#[Install]"));
    }

    private Typed create(String... more) {
        return onto(stick.toString(), more);
    }

    private Typed onto(String target, String... more) {
        return Typed.command(words(target, more));
    }

    private String[] words(String target, String... more) {
        return Stream.of(
                        Stream.of("usb", "create", "--image", image.toString(), "--seed", seed.toString(), target),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    private static Seed read(String text) {
        return ((Seed.Parsed.Good) Seed.parse(text)).seed();
    }
}
