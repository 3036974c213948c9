package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.seed.SeedFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedFolderTest {
    private static final String SEED = "[WiFi]\nssid = Shop\npassphrase = correct horse battery\n";

    @TempDir
    private Path folder;

    /** On a file system of its own, of which all blocks can be looked at: ext4, as the kernels of test machines may have no FAT. */
    @Test
    void neitherTheFileNorWhatEditorsLeftKeepsASecret() throws Exception {
        Path image = folder.resolve("seed.ext4");
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), (16 << 20) - 1);
        }
        Bench.run("mkfs.ext4", "-q", "-O", "^has_journal", image.toString());
        Path mounted = Files.createDirectory(folder.resolve("mounted"));
        Bench.run("mount", "-o", "loop", image.toString(), mounted.toString());
        try {
            SeedFolder seed = new SeedFolder(mounted);
            edit(mounted, "# a longer one\n".repeat(20_000) + SEED.replace("horse", "donkey"));
            edit(mounted, SEED);
            Bench.run("sync", "--file-system", mounted.toString());
            assertTrue(isIn(image, "correct donkey battery") && isIn(image, "correct horse battery"));

            seed.write(Machines.seed(""));
            seed.wipeFreeSpace();

            assertEquals(List.of("lost+found", "seed.conf"), names(mounted));
        } finally {
            Bench.run("umount", mounted.toString());
        }
        assertFalse(isIn(image, "correct donkey battery"));
        assertFalse(isIn(image, "correct horse battery"));
    }

    /** As the power goes in the midst of one of the two writes, after any of its sectors. */
    @Test
    void aSeedWhoseWritingWasCutOffIsTheFormerOrTheNewOne() throws Exception {
        byte[] former = SeedFile.of(Machines.seed(SEED));
        byte[] other = SeedFile.of(Machines.seed("[Node]\nname = node-1\n"));
        byte[] next = Arrays.copyOf(other, other.length + 32);
        System.arraycopy(MessageDigest.getInstance("SHA-256").digest(other), 0, next, other.length, 32);
        SeedFolder seed = new SeedFolder(folder);
        for (int cut : new int[] {0, 512, 1024, 32768, other.length}) {
            Files.write(folder.resolve("seed.conf"), former);
            Files.write(folder.resolve("seed.new"), Arrays.copyOf(next, cut));
            assertEquals(Machines.seed(SEED), seed.read(), "cut after " + cut);
            assertFalse(Files.exists(folder.resolve("seed.new")));

            byte[] torn = former.clone();
            System.arraycopy(other, 0, torn, 0, cut);
            Files.write(folder.resolve("seed.conf"), torn);
            Files.write(folder.resolve("seed.new"), next);
            assertEquals(Optional.of("node-1"), seed.read().node().name().map(Object::toString), "cut after " + cut);
            assertArrayEquals(other, Files.readAllBytes(folder.resolve("seed.conf")));
            assertFalse(Files.exists(folder.resolve("seed.new")));
        }
    }

    @Test
    void whatCouldNotBeWrittenOverIsReadNextTime() throws Exception {
        SeedFolder seed = new SeedFolder(folder);
        Path inTheWay = Files.createDirectory(folder.resolve("seed.conf"));
        assertThrows(InstallationFailedException.class, () -> seed.write(Machines.seed(SEED)));
        Files.delete(inTheWay);

        assertEquals(Machines.seed(SEED), seed.read());
    }

    @Test
    void whatIsWrittenIsReadAndNothingLiesBesideIt() throws Exception {
        SeedFolder seed = new SeedFolder(folder);

        seed.write(Machines.seed(SEED));

        assertEquals(Machines.seed(SEED), seed.read());
        assertEquals(List.of("seed.conf"), names(folder));
    }

    @Test
    void aSeedWithoutEndIsRefused() throws Exception {
        Files.writeString(folder.resolve("seed.conf"), "#\n".repeat(100_000));

        InstallationFailedException failed =
                assertThrows(InstallationFailedException.class, () -> new SeedFolder(folder).read());

        assertEquals("it has more than 131072 bytes", failed.why().what());
    }

    @Test
    void aSeedThatFillsMoreThanItsFileIsToldSoAndStays() throws Exception {
        String large = "[Node]\nregistries = "
                + Base64.getEncoder()
                        .encodeToString("[[registry]]\n".repeat(4000).getBytes(StandardCharsets.US_ASCII)) + "\n";
        Files.writeString(folder.resolve("seed.conf"), large);
        SeedFolder seed = new SeedFolder(folder);

        InstallationFailedException failed =
                assertThrows(InstallationFailedException.class, () -> seed.write(seed.read()));

        assertTrue(failed.why().what().contains("larger than the 65536 of its file"), failed::toString);
        assertEquals(large, Files.readString(folder.resolve("seed.conf")));
    }

    @Test
    void aStickWithoutASeedIsToldSo() {
        assertTrue(assertThrows(InstallationFailedException.class, () -> new SeedFolder(folder).read())
                .why()
                .what()
                .contains("NoSuchFile"));
    }

    /** Another file takes its name, and the former's blocks are free. */
    private static void edit(Path mounted, String text) throws Exception {
        Path other = Files.writeString(mounted.resolve("seed.conf~"), text);
        Bench.run("sync", other.toString());
        Files.move(other, mounted.resolve("seed.conf"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isIn(Path image, String text) throws Exception {
        return new String(Files.readAllBytes(image), StandardCharsets.ISO_8859_1).contains(text);
    }

    private static List<String> names(Path mounted) throws Exception {
        try (Stream<Path> files = Files.list(mounted)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
