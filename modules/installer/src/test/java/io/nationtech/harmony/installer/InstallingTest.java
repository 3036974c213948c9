package io.nationtech.harmony.installer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.installer.Installing.Outcome;
import io.nationtech.harmony.seed.SeedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the real systemd-repart and systemd-creds, onto a file. */
class InstallingTest {
    private static final String SEED = """
            [Network]
            address = 192.0.2.7/24
            gateway = 192.0.2.1
            [WiFi]
            ssid = Shop 7
            passphrase = correct horse\\battery
            [Mesh]
            servers = tls://192.0.2.1, tls://192.0.2.2
            [Node]
            name = node-1
            site = shop-7
            [Install]
            """;
    private static final String LABEL = "harmony_" + Bench.VERSION;

    @TempDir
    private Path folder;

    @Test
    void anEmptyDiskGetsTheSticksSystemAndWhatItsSeedSays() throws Exception {
        Bench bench = new Bench(folder, SEED);

        assertEquals(Outcome.DONE, bench.install());

        String table = bench.table();
        assertEquals(
                List.of("ESP", LABEL + "_s", LABEL + "_v", LABEL, "_empty", "_empty", "_empty"),
                table.lines()
                        .filter(line -> line.contains("name="))
                        .map(line -> line.replaceFirst(".*name=\"([^\"]*)\".*", "$1"))
                        .toList());
        assertTrue(table.contains("uuid=" + Bench.USR.toUpperCase(Locale.ROOT)), table);
        assertTrue(
                table.lines().filter(line -> line.contains(LABEL)).allMatch(line -> line.endsWith("attrs=\"GUID:60\"")),
                table);
        for (String part : List.of("_s", "_v", "")) {
            byte[] source = Files.readAllBytes(bench.part(part));
            assertArrayEquals(source, bench.content(LABEL + part, source.length), part);
        }
        assertEquals(
                List.of(
                        "EFI/BOOT/BOOTX64.EFI",
                        "EFI/Linux/" + LABEL + ".efi",
                        "config.txt",
                        "loader/credentials/harmony.mesh.cred",
                        "loader/credentials/harmony.node.cred",
                        "loader/credentials/harmony.site.cred",
                        "loader/credentials/network.network.50-seed.cred",
                        "loader/credentials/tmpfiles.extra.cred",
                        "loader/loader.conf"),
                bench.bootFiles());
        assertEquals("tls://192.0.2.1,tls://192.0.2.2", bench.credential("harmony.mesh"));
        assertEquals("node-1", bench.credential("harmony.node"));
        assertTrue(
                bench.screen().contains("not sealed, as this machine has no TPM: who takes the disk can read them"),
                bench.screen());
        assertTrue(bench.screen().contains("The disk is empty."), bench.screen());
        assertFalse(bench.screen().contains("correct horse"), bench.screen());
    }

    @Test
    void whatIsSecretGoesFromTheStickAndItInstallsNoSecondTime() throws Exception {
        Bench bench = new Bench(folder, SEED);
        bench.install();

        assertFalse(bench.seedText().contains("correct horse"), bench.seedText());
        assertEquals(SeedFile.SIZE, bench.seedText().length());
        assertEquals(Optional.empty(), bench.seed().install());
        assertEquals(
                Optional.of(Bench.NOW),
                bench.seed().installation().orElseThrow().finished());
        String table = bench.table();

        assertEquals(Outcome.DONE_BEFORE, bench.install());

        assertEquals(table, bench.table());
        assertTrue(bench.screen().contains("This stick has installed a node already: onto "), bench.screen());
    }

    @Test
    void somebodyAtTheScreenTypesTheWordOfTheDisk() throws Exception {
        Bench bench = new Bench(folder, "[Node]\nname = node-1\n");

        assertEquals(Outcome.DONE, bench.install("", "yes", "S64DN", "S64DNL"));

        assertTrue(bench.screen().contains("type S64DNL  for "), bench.screen());
        assertTrue(bench.screen().contains("'yes' is none of them."), bench.screen());
        assertFalse(bench.table().isEmpty());
    }

    @Test
    void aWrongSeedIsShownAndNothingIsWritten() throws Exception {
        Bench bench = new Bench(folder, "[Instal]\ndisk = /dev/vda\n[Node]\nname = Node_1\n");

        InstallationFailedException failed = assertThrows(InstallationFailedException.class, bench::install);

        assertTrue(failed.why().what().contains("line 2: there is no section '[Instal]'"), failed::toString);
        assertTrue(failed.why().what().contains("line 5: [Node] name"), failed::toString);
        assertEquals("", bench.table());
    }

    @Test
    void aStickThatCannotBeWrittenToIsFoundOutBeforeTheDiskIs() throws Exception {
        Bench bench = new Bench(folder, SEED);
        String seed = folder.resolve("seed").toString();
        Bench.run("mount", "--bind", seed, seed);
        try {
            Bench.run("mount", "-o", "remount,bind,ro", seed);

            InstallationFailedException failed = assertThrows(InstallationFailedException.class, bench::install);

            assertTrue(failed.why().what().contains("it cannot be written"), failed::toString);
            assertEquals("", bench.table());
        } finally {
            Bench.run("umount", seed);
        }
    }

    /** As a power cut does, at moments from the first to after the last. */
    @Test
    void cutOffAtAnyMomentTheNextStartEndsIt() throws Exception {
        int cuts = 0;
        for (int millis : new int[] {0, 20, 60, 120, 250, 500, 1000}) {
            Path place = Files.createDirectory(folder.resolve("cut" + millis));
            Bench bench = new Bench(place, SEED);
            Thread cutter = Thread.ofPlatform().start(() -> cut(place, millis));
            try {
                bench.install();
            } catch (InstallationFailedException e) {
                cuts++;
                // All or nothing; and the stick still has what it takes.
                assertTrue(bench.table().isEmpty() || bench.table().contains("\"_empty\""), bench.table());
                assertTrue(bench.seed().wifi().isPresent());
                assertEquals(
                        Optional.empty(),
                        bench.seed().installation().orElseThrow().finished());
                assertEquals(Outcome.DONE, bench.install());
            }
            cutter.join();
            assertEquals("node-1", bench.credential("harmony.node"));
            byte[] source = Files.readAllBytes(bench.part(""));
            assertArrayEquals(source, bench.content(LABEL, source.length));
            assertFalse(bench.seedText().contains("correct horse"));
            Bench.run("rm", "-r", place.toString());
        }
        assertTrue(cuts > 2, "cuts that hit: " + cuts);
    }

    private static void cut(Path place, int millis) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            Optional<ProcessHandle> writing = ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("systemd-repart"))
                    .filter(process -> process.info().commandLine().orElse("").contains(place + "/"))
                    .findFirst();
            if (writing.isPresent()) {
                // Not a wait for anything: the moment of the cut is what is varied.
                LockSupport.parkNanos(millis * 1_000_000L);
                writing.get().descendants().forEach(ProcessHandle::destroyForcibly);
                writing.get().destroyForcibly();
                return;
            }
            Thread.onSpinWait();
        }
    }
}
