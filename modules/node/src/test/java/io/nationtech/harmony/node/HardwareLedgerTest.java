package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Unread;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareLedgerTest {
    private static final Unread DENIED =
            new Unread(ModelName.cleaned("gpio"), ModelName.cleaned("/sys"), ModelName.cleaned("permission denied"));

    @TempDir
    private Path folder;

    private HardwareLedger ledger() {
        return ledger("shelf");
    }

    private HardwareLedger ledger(String failureDomain) {
        return new HardwareLedger(
                Lab.ID,
                new Location(SiteName.of("home"), FailureDomain.of(failureDomain)),
                folder.resolve("hardware"),
                new JsonFleetCodec());
    }

    @Test
    void onlyADifferenceMakesANewReport() {
        HardwareLedger ledger = ledger();

        HardwareReport first = ledger.found(Machines.with(Machines.disk(100, 50)), List.of());
        HardwareReport same = ledger.found(Machines.with(Machines.disk(100, 49)), List.of());
        HardwareReport plugged = ledger.found(Machines.with(Machines.disk(100, 49), Machines.stick()), List.of());
        HardwareReport denied = ledger.found(Machines.with(Machines.disk(100, 49), Machines.stick()), List.of(DENIED));

        assertEquals(Generation.first(), first.generation());
        assertSame(first, same);
        assertEquals(new Generation(2), plugged.generation());
        assertEquals(new Generation(3), denied.generation());
    }

    @Test
    void generationsGoOnAfterARestart() {
        HardwareReport before = ledger().found(Machines.with(Machines.stick()), List.of());

        assertEquals(before, ledger().found(Machines.with(Machines.stick()), List.of()), "nothing changed meanwhile");
        assertEquals(
                new Generation(2),
                ledger().found(Machines.with(), List.of()).generation(),
                "it was unplugged meanwhile");
        assertEquals(
                new Generation(3),
                ledger("cellar").found(Machines.with(), List.of()).generation(),
                "the node was carried elsewhere");
    }

    @Test
    void aReportOnDiskThatCannotBeReadIsAsGoodAsNone() throws IOException {
        Files.writeString(folder.resolve("hardware"), "{\"version\":1,\"node\":");

        assertEquals(
                Generation.first(), ledger().found(Machines.with(), List.of()).generation());
    }

    @Test
    void aFolderThatIsAwayStopsNoReport() {
        HardwareLedger ledger = new HardwareLedger(
                Lab.ID,
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                folder.resolve("away/hardware"),
                new JsonFleetCodec());

        assertEquals(
                Generation.first(), ledger.found(Machines.with(), List.of()).generation());
        assertEquals(
                new Generation(2),
                ledger.found(Machines.with(Machines.stick()), List.of()).generation());
    }
}
