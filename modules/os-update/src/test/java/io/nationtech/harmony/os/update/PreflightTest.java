package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nationtech.harmony.os.update.Machine.Partition;
import io.nationtech.harmony.os.update.Machine.Room;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final long MEBI = 1 << 20;
    private static final long PLENTY = 100 * MEBI;

    @TempDir
    private Path folder;

    private OsRelease release;

    @BeforeEach
    void begin() throws IOException {
        release = new TrialRelease(folder).read();
    }

    private static Partition slot(Sort sort, String label, long bytes) {
        return new Partition(Preflight.type(TrialRelease.HERE, sort), label, bytes);
    }

    private static List<Partition> slots(long freeUsr) {
        return Stream.of(Sort.USR, Sort.USR_VERITY, Sort.USR_VERITY_SIG)
                .flatMap(sort -> Stream.of(
                        slot(sort, "harmony_" + TrialRelease.OLD, PLENTY),
                        slot(sort, "_empty", sort == Sort.USR ? freeUsr : PLENTY)))
                .toList();
    }

    private void require(List<Partition> partitions, long bootFree, Map<String, Long> images, long stagingFree)
            throws UpgradeException {
        new Preflight(release, TrialRelease.OLD, new Room(partitions, bootFree, images, PLENTY))
                .require(stagingFree, 0, "/staging");
    }

    private void assertRefused(String why, List<Partition> partitions, long bootFree, long stagingFree) {
        UpgradeException refused =
                assertThrows(UpgradeException.class, () -> require(partitions, bootFree, Map.of(), stagingFree));
        assertEquals(
                "there is no room for release 202602020000: " + why,
                refused.why().what());
    }

    @Test
    void whatFitsFits() {
        assertDoesNotThrow(() -> require(slots(PLENTY), PLENTY, Map.of(), PLENTY));
    }

    @Test
    void theFreeSlotHasToTakeIt() {
        assertRefused(
                "the free partition for 'usr' has 599999 bytes, and the release needs 600000",
                slots(599_999),
                PLENTY,
                PLENTY);
        assertDoesNotThrow(() -> require(slots(600_000), PLENTY, Map.of(), PLENTY));
    }

    @Test
    void withoutASecondSlotThereIsNoUpgrade() {
        assertRefused(
                "of 1 partitions for 'usr' none is free beside the one that runs",
                List.of(slot(Sort.USR, "harmony_" + TrialRelease.OLD, PLENTY)),
                PLENTY,
                PLENTY);
    }

    @Test
    void theDiskHasToTakeAllPartsWhileTheyAreWritten() {
        assertRefused("1 MiB are free, and the release needs 2 MiB while it is written", slots(PLENTY), PLENTY, MEBI);
    }

    @Test
    void kernelImagesThatGoMakeRoomAndNoOthers() {
        String other = "harmony_202512120000+0-3.efi";
        assertDoesNotThrow(() -> require(slots(PLENTY), 0, Map.of(other, 2 * MEBI), PLENTY));
        for (String stays : List.of("harmony_%s.efi".formatted(TrialRelease.OLD), "fedora.efi", "harmony_2.efi")) {
            assertThrows(
                    UpgradeException.class, () -> require(slots(PLENTY), 0, Map.of(stays, 2 * MEBI), PLENTY), stays);
        }
    }
}
