package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that use shares, of which one node has one, on a real mesh, as a person types it. */
class SharesCommandsTest {
    @TempDir
    private Path folder;

    private QuickLab lab;
    private String gallery;

    @BeforeEach
    void begin() throws IOException {
        lab = QuickLab.begin(folder);
        gallery = lab.sharing("gallery", QuickLab.freePort()).toString();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void aPlanShowsTheShareOnTheNodeThatHasIt() {
        Typed plan = lab.typed("plan", gallery);

        assertEquals(0, plan.exitCode(), plan.err());
        assertTrue(plan.out().contains("  node node-2  site home"), plan.out());
        assertTrue(plan.out().contains("storage.shares         photos at /media (read only)\n"), plan.out());
        assertTrue(lab.typed("node", "show", "node-2").out().contains("shares          photos\n"));
    }

    @Test
    void aNodeWithoutTheShareIsToldSoByWhy() {
        String why = lab.typed("why", gallery).out();

        assertTrue(why.contains("node-1           share photos — has no share"), why);
        assertTrue(why.contains("✔ node-2"), why);
    }

    @Test
    void aMountThatGoesAwayIsInTheStatus() {
        lab.mount();
        Typed deployed = lab.typed("deploy", gallery);
        assertEquals(0, deployed.exitCode(), deployed.err());

        lab.unmount();

        Eventually.holds(
                "the status says so",
                () -> lab.typed("status", "gallery").out().contains("container 'web' has no share 'photos'"));
    }
}
