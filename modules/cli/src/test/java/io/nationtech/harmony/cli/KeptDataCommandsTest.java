package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that keep data, on a real mesh, as a person types it. */
class KeptDataCommandsTest {
    private static final String CAUSE = "volume orders holds data of container web, and would be used no more";

    @TempDir
    private Path folder;

    private QuickLab lab;
    private int port;

    @BeforeEach
    void begin() throws IOException {
        lab = QuickLab.begin(folder);
        port = QuickLab.freePort();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void aPlanShowsTheVolume() {
        String shop = lab.keeping("shop", 1, port).toString();

        String plan = lab.typed("plan", shop).out();
        assertTrue(plan.contains("storage.volumes        orders at /var/lib/shop"), plan);
        assertTrue(lab.typed("plan", shop, "-o", "json").out().contains("\"at\" : \"/var/lib/shop\""));
    }

    @Test
    void itIsLeftOnlyWhenAPersonAgrees() {
        String shop = lab.keeping("shop", 1, port).toString();
        String without = lab.module("shop", 2, 1, port).toString();
        done(lab.typed("deploy", shop));

        Typed changed = lab.typed("deploy", without);
        Typed withdrawn = lab.typed("withdraw", "shop");

        for (Typed refused : new Typed[] {changed, withdrawn}) {
            assertEquals(1, refused.exitCode(), refused.out());
            assertTrue(refused.err().contains(CAUSE), refused.err());
            assertTrue(refused.err().contains("--accept-loss volume/orders"), refused.err());
        }
        assertEquals(0, lab.typed("drift", shop).exitCode(), "nothing was done");
        done(lab.typed("withdraw", "shop", "--accept-loss", "volume/orders"));
    }

    @Test
    void drainingANodeSaysThatItStays() {
        String shop = lab.keeping("shop", 1, port).toString();
        done(lab.typed("deploy", shop));

        Typed drained = lab.typed("node", "drain", "node-1");

        assertTrue(done(drained).out().contains("shop.web"), drained.out());
        assertEquals(0, lab.typed("drift", shop).exitCode());
    }

    private static Typed done(Typed typed) {
        assertEquals(0, typed.exitCode(), typed.err());
        return typed;
    }
}
