package io.nationtech.harmony.placement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/placement.md shows is what people see. */
class UserGuideTest {
    private final Placer placer = new Placer(Latencies.unknown());
    private String guide = "";

    @BeforeEach
    void readTheGuide() throws IOException {
        guide = Files.readString(Path.of(System.getProperty("harmony.project"), "docs", "placement.md"));
        placer.update(PlacementNode.of(Work.node("office"), Work.at("office", "desk"), Machines.miniPc(4, 8)));
        placer.update(PlacementNode.of(
                Work.node("studio"),
                Work.at("home", "studio"),
                Machines.miniPc(8, 16, Machines.graphics("0000:01:00.0", 6))));
        placer.update(PlacementNode.of(Work.node("shed"), Work.at("home", "shed"), Machines.raspberryPi(4)));
    }

    private void assertShown(Workload workload) {
        placer.place(workload);
        String told = placer.explain(workload).render(10);
        assertTrue(guide.contains(told), () -> "docs/placement.md does not show:\n" + told);
    }

    @Test
    void showsWorkWithoutAPlace() {
        assertShown(Work.work("assistant", 2_000, 4_096).needs(Gpu.withMemory(Memory.gibibytes(8))));
    }

    @Test
    void showsWorkAtItsPlace() {
        placer.place(Work.work("relay", 100, 64).needs(Gpio.line(17)));
        placer.place(Work.work("web", 250, 512));
        assertShown(Work.work("database", 1_000, 2_048));
    }
}
