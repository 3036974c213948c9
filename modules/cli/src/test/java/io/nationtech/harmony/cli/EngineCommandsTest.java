package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** Saved plans, drift, graph, why and operate, as a person types them. */
class EngineCommandsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");

    @TempDir
    private Path folder;

    private QuickLab lab;
    private String first = "";
    private String second = "";

    @BeforeEach
    void begin() throws IOException {
        lab = QuickLab.begin(folder);
        int port = QuickLab.freePort();
        first = lab.module("shop", 1, 2, port).toString();
        second = lab.module("shop", 2, 2, port).toString();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void aSavedPlanIsAppliedAsItWasSeen() {
        Path file = folder.resolve("plan.json");
        Typed plan = lab.typed("plan", first, "--save", file.toString());
        assertEquals(0, plan.exitCode(), plan.err());

        Typed apply = lab.typed("apply", file.toString());

        assertEquals(0, apply.exitCode(), apply.err());
        assertTrue(apply.out().contains("2 nodes changed, smoke tests passed"), apply.out());
    }

    @Test
    void aSavedPlanIsRefusedWhenTheWorldMovedAndNamesWhat() {
        Path file = folder.resolve("plan.json");
        lab.typed("plan", second, "--save", file.toString());
        assertEquals(0, lab.typed("deploy", first).exitCode());

        Typed apply = lab.typed("apply", file.toString());

        assertEquals(1, apply.exitCode(), apply.out());
        assertTrue(apply.err().contains("moved since the plan was saved: node-share node-1 ("), apply.err());
        assertTrue(lab.typed("drift", first).out().startsWith("No drift"), "nothing was changed");
    }

    @Test
    void aPlanFileThatIsNoneOrWasChangedIsRefused() throws IOException {
        Path file = folder.resolve("plan.json");
        lab.typed("plan", first, "--save", file.toString());
        String saved = Files.readString(file);
        String fingerprint = saved.replaceAll("(?s).*\"node-share/node-1\" : \"([0-9a-f]{64})\".*", "$1");
        String other = (fingerprint.startsWith("a") ? "b" : "a") + fingerprint.substring(1);

        for (Map.Entry<String, String> bad : Map.of(
                        saved.replace(fingerprint, other),
                        "was changed since it was saved",
                        saved.replace("harmony-plan 1", "harmony-plan 2"),
                        "is of form 'harmony-plan 2'",
                        "{}",
                        "is not a saved plan: it has no form",
                        saved.substring(0, saved.length() / 2),
                        "is not a saved plan",
                        "[1]",
                        "is not a saved plan")
                .entrySet()) {
            Files.writeString(file, bad.getKey());
            Typed apply = lab.typed("apply", file.toString());

            assertEquals(1, apply.exitCode(), apply.err());
            assertTrue(apply.err().contains(bad.getValue()), apply.err());
        }
        assertEquals(
                1, lab.typed("apply", folder.resolve("none.json").toString()).exitCode());
    }

    @Test
    void driftTellsWhatIsDeclaredAndNotToldAndWhatIsToldAndNotSo() {
        lab.typed("deploy", first);
        Typed none = lab.typed("drift", first);
        assertEquals(0, none.exitCode(), none.out());
        assertEquals("No drift: deployment shop is as declared, and its nodes have it.\n", none.out());

        InProcessRuntime broken = lab.runtimes.get("node-1");
        broken.breakDown(new Cause("podman is away", "node-1", "install it"));
        broken.crash(SHOP, ContainerName.of("web"));
        Eventually.holds("the node says so", () -> lab.typed("drift", first).exitCode() == 5);
        Typed drift = lab.typed("drift", second);

        assertEquals(5, drift.exitCode());
        assertTrue(drift.out().contains("Changes not deployed yet:"), drift.out());
        assertTrue(drift.out().contains("registry.internal/web:1 → registry.internal/web:2"), drift.out());
        assertTrue(drift.out().contains("Nodes that differ from what is desired:"), drift.out());
        assertTrue(drift.out().contains("node-1  "), drift.out());
        assertTrue(lab.typed("drift", second, "-o", "json").out().contains("\"drift\" : true"));
    }

    @Test
    void graphAndWhySayWhereAShareComesFrom() {
        assertTrue(lab.typed("why", first, "node-1").out().contains("none in the journal"));
        lab.typed("deploy", first);

        String graph = lab.typed("graph", second).out();
        assertTrue(graph.startsWith("flowchart LR\n"), graph);
        assertTrue(graph.contains("[\"node-share node-1: to update\"]"), graph);
        assertTrue(graph.contains("-- \"container web\" -->"), graph);
        assertTrue(graph.contains("-. then .->"), graph);
        Typed why = lab.typed("why", second, "node-share/node-1");
        assertEquals(0, why.exitCode(), why.err());
        assertTrue(why.out().contains("declared by   score web of deployment shop: container web"), why.out());
        assertTrue(
                why.out().contains("resources[container web].image: registry.internal/web:1 → registry.internal/web:2"),
                why.out());
        assertTrue(why.out().contains("applied by " + PersonAtKeyboard.author() + " at 20"), why.out());
        assertTrue(
                lab.typed("why", second, "node-2").out().contains("comes after   node-share node-1"),
                "node-2 is changed in the wave after node-1's");
        Typed unknown = lab.typed("why", second, "node-9");
        assertEquals(1, unknown.exitCode());
        assertTrue(unknown.err().contains("node-share/node-1"), unknown.err());
    }

    @Test
    void aSecondDeployIsRefusedWithWhoDeploysSinceWhen() {
        try (NatsMesh mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(lab.server.url()), "test"))) {
            MeshJournals journals = new MeshJournals(
                    mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
            Journal journal = assertInstanceOf(Opening.Opened.class, journals.open(SHOP, Author.of("bob@desk")))
                    .journal();

            Typed deploy = lab.typed("deploy", first);

            assertEquals(1, deploy.exitCode(), deploy.out());
            assertTrue(deploy.err().contains("bob@desk applies deployment 'shop' since 20"), deploy.err());
            journal.close();
            assertEquals(0, lab.typed("deploy", first).exitCode());
        }
    }

    @Test
    void aDeploymentThatThrowsIsNamedAndNothingIsAsked() {
        String broken = lab.module("broken", 1, 1, 8080, "if (true) throw new IllegalStateException(\"on purpose\");")
                .toString();

        Typed plan = lab.typed("plan", broken);

        assertEquals(4, plan.exitCode(), plan.err());
        assertTrue(plan.err().contains("on purpose"), plan.err());
    }

    @Test
    void operateRepairsWhatSomebodyWithdrewAndEndsWhenItIsTold() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(print, Ink.PLAIN, print, Ink.PLAIN, Terminal.Movement.LINES, InstantSource.system());
        Thread operating = Thread.ofVirtual()
                .start(() ->
                        Harmony.run(terminal, Map.of(), "operate", first, "--every", "1h", "--mesh", lab.server.url()));
        Eventually.holds("it deployed", () -> text(out).contains("repaired: nodes changed: 2"));
        Eventually.holds("it is in sync", () -> text(out).contains("as declared, and every node has it"));

        assertEquals(0, lab.typed("withdraw", "shop").exitCode());

        Eventually.holds("it repaired", () -> text(out).split("repaired: nodes changed: 2", -1).length == 3);
        operating.interrupt();
        operating.join();
        assertEquals(0, lab.typed("drift", first).exitCode());
    }

    @Test
    void operateOnlyReportsWhenAsked() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(print, Ink.PLAIN, print, Ink.PLAIN, Terminal.Movement.LINES, InstantSource.system());
        Thread operating = Thread.ofVirtual()
                .start(() -> Harmony.run(
                        terminal,
                        Map.of(),
                        "operate",
                        first,
                        "--report-only",
                        "--every",
                        "1s",
                        "--mesh",
                        lab.server.url()));

        Eventually.holds("it tells", () -> text(out).contains("2 to create, 0 to update, 0 to delete"));
        lab.typed("deploy", second);
        Eventually.holds("it tells again", () -> text(out).contains("0 to create, 2 to update, 0 to delete"));

        operating.interrupt();
        operating.join();
        assertFalse(text(out).contains("repaired:"), text(out));
        assertEquals(0, lab.typed("drift", second).exitCode());
    }

    @Test
    void operateTellsProgramsALineForEachLook() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream aside = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(print, Ink.PLAIN, aside, Ink.PLAIN, Terminal.Movement.LINES, InstantSource.system());
        Thread operating = Thread.ofVirtual()
                .start(() ->
                        Harmony.run(terminal, Map.of(), "operate", first, "-o", "json", "--mesh", lab.server.url()));
        Eventually.holds("it is in sync", () -> text(out).contains("\"in-sync\""));
        operating.interrupt();
        operating.join();

        List<Object> events = new ArrayList<>();
        for (String line : text(out).lines().toList()) {
            events.add(JSON.std.mapFrom(line).get("event"));
        }
        assertEquals(List.of("drifted", "repaired"), events.subList(0, 2), text(out));
        assertTrue(text(out).contains("\"nodesChanged\":2"), text(out));
    }

    private static String text(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8);
    }
}
