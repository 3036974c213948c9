package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Serial;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesiredStateStoreTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");

    @TempDir
    private Path temporary;

    private Path folder;
    private DesiredStateStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("made/when/missing");
        store = new DesiredStateStore(folder, new JsonFleetCodec());
    }

    @Test
    void anEmptyFolderIsMadeAndHoldsNothing() throws IOException {
        assertEquals(new DesiredStateStore.Loaded(List.of(), Map.of(), Map.of(), Map.of()), store.load());
        assertTrue(Files.isDirectory(folder));
    }

    @Test
    void whatWasSavedLastIsLoaded() throws IOException {
        store.load();
        store.save(state("website", 1, 1));
        store.save(state("website", 2, 2));
        store.save(state("wiki", 3, 1));

        assertEquals(
                Set.of(state("website", 2, 2), state("wiki", 3, 1)),
                Set.copyOf(store.load().states()));
        assertEquals(Set.of("website.state", "wiki.state"), files());
    }

    @Test
    void whatWasForgottenIsNotLoaded() throws IOException {
        store.load();
        store.save(state("website", 1, 1));
        store.forget(WEBSITE);
        store.forget(WEBSITE);

        assertTrue(store.load().states().isEmpty());
        assertEquals(Set.of(), files());
    }

    @Test
    void whichOfWhatWasSignedWasFollowedIsKeptForGood() throws IOException {
        Serial serial = new Serial(1_795_000_000_000L, "9f86d081");
        store.load();
        assertEquals(Optional.empty(), store.serial(WEBSITE));
        store.saveSerial(WEBSITE, serial);
        store.save(state("website", 1, 1));
        Files.write(folder.resolve("website.serial.new"), new byte[] {1});

        store = new DesiredStateStore(folder, new JsonFleetCodec());
        assertEquals(List.of(state("website", 1, 1)), store.load().states());
        store.forget(WEBSITE);

        assertEquals(Optional.of(serial), store.serial(WEBSITE));
        assertEquals(Set.of("website.serial"), files());
        Files.write(folder.resolve("website.serial"), new byte[] {1, 2, 3});
        assertEquals(Optional.empty(), store.serial(WEBSITE), "which is logged");
        store.saveSerial(WEBSITE, serial);
        Files.copy(folder.resolve("website.serial"), folder.resolve("wiki.serial"));
        assertEquals(Optional.empty(), store.serial(DeploymentName.of("wiki")), "it is another's");
    }

    @Test
    void theFormOnDiskDoesNotDependOnTheLanguageOfTheMachine() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            store.load();
            store.save(state("website", 1_234, 1));
        } finally {
            Locale.setDefault(before);
        }
        String header = Files.readAllLines(file("website")).getFirst();
        assertTrue(header.matches("harmony-desired-state 1234 [0-9a-f]{8}"), header);
        assertEquals(List.of(state("website", 1_234, 1)), store.load().states());
    }

    @Test
    void whatAPowerCutLeftHalfWrittenIsRemovedAndTheOldStateHolds() throws IOException {
        store.load();
        store.save(state("website", 1, 1));
        byte[] half = Files.readAllBytes(file("website"));
        Files.write(folder.resolve("website.state.new"), Arrays.copyOf(half, half.length / 2));

        assertEquals(List.of(state("website", 1, 1)), store.load().states());
        assertEquals(Set.of("website.state"), files());
    }

    @Test
    void anyBrokenByteIsNoticedAndTheFileSetAside() throws IOException {
        store.load();
        store.save(state("website", 1, 1));
        byte[] good = Files.readAllBytes(file("website"));
        for (int i = 0; i < good.length; i++) {
            byte[] broken = good.clone();
            broken[i] ^= 0x10;
            Files.write(file("website"), broken);

            DesiredStateStore.Loaded loaded = store.load();

            boolean onlyTheRevision = loaded.states().size() == 1
                    && loaded.states()
                            .getFirst()
                            .value()
                            .equals(state("website", 1, 1).value());
            assertTrue(onlyTheRevision || loaded.problems().containsKey(WEBSITE), "byte " + i + " was not noticed");
        }
        assertEquals(Set.of("website.state.corrupt"), files());
    }

    @Test
    void aFileThatIsCutIsSetAsideWhereverItIsCut() throws IOException {
        store.load();
        store.save(state("website", 1, 1));
        byte[] good = Files.readAllBytes(file("website"));
        for (int length = 0; length < good.length; length++) {
            Files.write(file("website"), Arrays.copyOf(good, length));

            Cause cause = store.load().problems().get(WEBSITE);

            assertTrue(cause.what().contains("is broken"), cause.what());
            assertTrue(cause.where().endsWith("website.state.corrupt"), cause.where());
        }
    }

    @Test
    void aStateFromANewerVersionIsToldAndKept() throws IOException {
        store.load();
        write("website", "{\"version\":2,\"node\":\"n1\"}");
        byte[] before = Files.readAllBytes(file("website"));

        Cause cause = store.load().problems().get(WEBSITE);

        assertTrue(cause.what().contains("form 2; form 1 is the newest known here"), cause.what());
        assertTrue(cause.where().endsWith("website.state"), cause.where());
        assertEquals(Set.of("website.state"), files());
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file("website"))));
    }

    @Test
    void aCopyUnderAnotherNameIsSetAside() throws IOException {
        store.load();
        store.save(state("website", 1, 1));
        Files.copy(file("website"), file("website-copy"));

        DesiredStateStore.Loaded loaded = store.load();

        assertEquals(List.of(state("website", 1, 1)), loaded.states());
        Cause cause = loaded.problems().get(DeploymentName.of("website-copy"));
        assertTrue(cause.what().contains("it is of deployment 'website'"), cause.what());
    }

    @Test
    void whatIsNotOursIsLeftAlone() throws IOException {
        store.load();
        for (String name :
                List.of("-x.state", "x-.state", "X.state", "a".repeat(64) + ".state", "notes.txt", ".state")) {
            Files.writeString(folder.resolve(name), "x");
        }

        assertEquals(new DesiredStateStore.Loaded(List.of(), Map.of(), Map.of(), Map.of()), store.load());
        assertEquals(6, files().size());
    }

    @Test
    void oneFileThatCannotBeReadHoldsUpNoOther() throws IOException {
        store.load();
        store.save(state("wiki", 3, 1));
        Files.createDirectory(file("website"));

        DesiredStateStore.Loaded loaded = store.load();

        assertEquals(List.of(state("wiki", 3, 1)), loaded.states());
        assertTrue(loaded.problems().get(WEBSITE).what().contains("cannot be read"), loaded::toString);
    }

    @Test
    void aFileTooLargeIsNotEvenRead() throws IOException {
        store.load();
        try (var file = new RandomAccessFile(file("website").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertTrue(store.load().problems().get(WEBSITE).what().contains("larger than any"));
        assertEquals(Set.of("website.state.corrupt"), files());
    }

    @Test
    void aFolderThatIsAFileIsTold() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "x");

        assertThrows(IOException.class, store::load);
    }

    @Test
    void whatWasThereBeforeAndWhyTheNodeWentBackOutliveARestartUntilTheyAreForgotten() throws IOException {
        Cause why = new Cause("returned to revision 1", "node n1", "mend it");
        store.load();
        store.saveLastGood(state("website", 1, 1));
        store.save(state("website", 2, 1));
        store.saveRollback(NodeId.of("n1"), WEBSITE, 2, why);

        assertEquals(
                new DesiredStateStore.Loaded(
                        List.of(state("website", 2, 1)),
                        Map.of(WEBSITE, state("website", 1, 1)),
                        Map.of(WEBSITE, new Versioned<>(2, why)),
                        Map.of()),
                store.load());
        store.forgetRollback(WEBSITE);
        assertEquals(Set.of("website.state", "website.last-good"), files());
        store.forgetLastGood(WEBSITE);
        assertEquals(Set.of("website.state"), files());
        store.saveLastGood(state("website", 1, 1));
        store.forget(WEBSITE);
        assertEquals(Set.of(), files());
    }

    @Test
    void whatWasThereBeforeIsNotTrustedWhenItIsBrokenOrHalfWritten() throws IOException {
        store.load();
        store.save(state("website", 2, 1));
        store.saveLastGood(state("website", 1, 1));
        byte[] good = Files.readAllBytes(folder.resolve("website.last-good"));
        for (int length = 0; length < good.length; length++) {
            Files.write(folder.resolve("website.last-good"), Arrays.copyOf(good, length));
            Files.write(folder.resolve("website.last-good.new"), Arrays.copyOf(good, length));
            Files.write(folder.resolve("website.rollback"), Arrays.copyOf(good, length));
            Files.write(folder.resolve("website.rollback.new"), Arrays.copyOf(good, length));

            assertEquals(
                    new DesiredStateStore.Loaded(List.of(state("website", 2, 1)), Map.of(), Map.of(), Map.of()),
                    store.load());
        }
        assertEquals(Set.of("website.state", "website.last-good.corrupt", "website.rollback.corrupt"), files());
    }

    @Test
    void whatWasThereBeforeIsLeftAloneWhenANewerVersionWroteIt() throws IOException {
        store.load();
        write("website", "{\"version\":2,\"node\":\"n1\"}");
        Files.move(file("website"), folder.resolve("website.last-good"));
        store.save(state("website", 2, 1));

        assertEquals(Map.of(), store.load().lastGood());
        assertEquals(Set.of("website.state", "website.last-good"), files());
    }

    /** A file system of 64 KiB, really full. */
    @Test
    void onAFullDiskTheOldStateHolds() throws IOException, InterruptedException {
        Path small = Files.createDirectory(temporary.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()) == 0,
                "mounting a small file system is not permitted here");
        try {
            DesiredStateStore onSmall = new DesiredStateStore(small, new JsonFleetCodec());
            onSmall.load();
            onSmall.save(state("website", 1, 1));
            fill(small.resolve("filling"));

            IOException full = assertThrows(IOException.class, () -> onSmall.save(state("website", 2, 200)));

            assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full::toString);
            assertEquals(List.of(state("website", 1, 1)), onSmall.load().states());
            assertFalse(Files.exists(small.resolve("website.state.new")));

            Files.delete(small.resolve("filling"));
            onSmall.save(state("website", 2, 200));
            assertEquals(List.of(state("website", 2, 200)), onSmall.load().states());
        } finally {
            assertEquals(0, run("umount", small.toString()));
        }
    }

    @Property(tries = 50)
    void everyRevisionIsKept(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long revision)
            throws IOException {
        Path own = Files.createTempDirectory("harmony-store");
        try {
            DesiredStateStore one = new DesiredStateStore(own, new JsonFleetCodec());
            one.save(state("website", revision, 1));
            assertEquals(List.of(state("website", revision, 1)), one.load().states());
        } finally {
            Files.deleteIfExists(own.resolve("website.state"));
            Files.delete(own);
        }
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // Full, which is what was wanted.
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    private void write(String deployment, String form) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(form.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file(deployment), "harmony-desired-state 7 %08x\n%s".formatted(crc.getValue(), form));
    }

    private Path file(String deployment) {
        return folder.resolve(deployment + ".state");
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static Versioned<DesiredState> state(String deployment, long revision, int containers) {
        return new Versioned<>(
                revision,
                new DesiredState(
                        NodeId.of("n1"),
                        DeploymentName.of(deployment),
                        Stream.iterate(0, i -> i + 1)
                                .limit(containers)
                                .map(i -> Fixtures.container("c" + i, 8080 + i, "site:" + revision))
                                .map(container -> (NodeResource) container)
                                .toList()));
    }
}
