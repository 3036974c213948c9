package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.mesh.contract.CapturedLog;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card that was copied: two machines with one name, on a real mesh, as people see them. */
class SameNameTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");

    @TempDir
    private Path folder;

    @Test
    void theMachineThatWasThereFirstGoesOnAndTheOtherBeginsNothingAndIsNamedEverywhere() throws Exception {
        try (QuickLab lab = QuickLab.begin(folder);
                CapturedLog log = CapturedLog.of(Node.class.getName())) {
            int port = QuickLab.freePort();
            assertEquals(
                    0,
                    lab.typed("deploy", lab.module("shop", 1, 3, port).toString())
                            .exitCode());
            // Without the mesh, as when the site's power comes back: it runs what lies on its card.
            lab.server.kill();
            InProcessRuntime copy = lab.copy("node-1");
            Eventually.holds(
                    "the copy runs what was kept", () -> !copy.observe(SHOP).isEmpty());
            lab.server.restart();

            Eventually.holds(
                    "it is told of", () -> lab.typed("node", "list").out().contains("two machines have this name"));
            assertEquals(
                    0,
                    lab.typed("deploy", lab.module("shop", 2, 3, port).toString())
                            .exitCode());

            assertEquals("Welcome to version 1", page("127.78.0.9", port), "what ran there runs on");
            assertEquals("Welcome to version 2", page("127.78.0.1", port));
            String told =
                    "! node 'node-1': two machines have this name: board of node-1 at 127.78.0.1, which keeps it, and"
                            + " another board at 127.78.0.9, since ";
            for (Typed typed : List.of(
                    lab.typed("node", "list"),
                    lab.typed("node", "show", "node-1"),
                    lab.typed("status"),
                    lab.typed("why", lab.module("shop", 2, 3, port).toString()))) {
                assertTrue(typed.out().contains(told), typed::toString);
                assertTrue(typed.out().contains("  → give the second a name of its own: "), typed::toString);
            }
            assertTrue(lab.typed("node", "list", "-o", "json")
                    .out()
                    .contains("\"keptBy\" : \"board of node-1 at 127.78.0.1\""));
            assertTrue(
                    log.lines().stream()
                            .anyMatch(line -> line.contains(
                                            "node 'node-1' is another machine already: board of node-1 at 127.78.0.1, since ")
                                    && line.contains("This one, another board at 127.78.0.9, begins nothing")),
                    log.lines()::toString);
            assertFalse(lab.typed("status", "shop").out().contains("127.78.0.9:"), "it publishes nothing in that name");
        }
    }

    private static String page(String address, int port) throws IOException {
        try (var stream =
                URI.create("http://%s:%d/".formatted(address, port)).toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void ofTwoThatBeginAtTheSameMomentOneHasTheNameAndAnAgentStartedAgainHasItAtOnce() throws Exception {
        try (QuickLab lab = QuickLab.begin(folder)) {
            lab.server.kill();
            lab.copy("node-7");
            lab.copy("node-7");
            lab.server.restart();
            Eventually.holds(
                    "one is listed, the other told of",
                    () -> lab.typed("node", "list")
                                            .out()
                                            .lines()
                                            .filter(line -> line.contains("node-7"))
                                            .count()
                                    == 2
                            && lab.typed("node", "show", "node-7").out().contains("two machines have this name"));

            lab.restart("node-2");
            Eventually.holds(
                    "the older agent of the same machine keeps back",
                    () -> lab.typed("node", "show", "node-2").out().contains("two agents run on its machine"));
        }
    }
}
