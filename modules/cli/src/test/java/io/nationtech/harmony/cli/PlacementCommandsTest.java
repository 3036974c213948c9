package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where things run, why, and what becomes of them when a node dies: on a real mesh, as a person types it. */
class PlacementCommandsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");

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

    private String module(String deployment, int replicas, int at, String terms) {
        return lab.module(deployment, 1, replicas, at, "", terms).toString();
    }

    @Test
    void pingSaysWhichAgentsAnswer() {
        Typed all = lab.typed("node", "ping");
        assertEquals(0, all.exitCode(), all::toString);
        assertTrue(
                all.out()
                        .matches(
                                "(?s)NODE +SITE +LAST SEEN +ANSWER\\nnode-1 +home +now +[0-9]+ ms\\nnode-2 .*\\nnode-3 .* ms\\n"),
                all::out);

        lab.kill("node-2");
        Typed one = lab.typed("node", "ping", "node-1", "--output", "json");
        assertEquals(0, one.exitCode(), one::toString);
        assertTrue(
                one.out()
                        .matches(
                                "(?s).*\"node\" *: *\"node-1\",\\s*\"answers\" *: *true,\\s*\"milliseconds\" *: *[0-9]+.*"),
                one::out);
        Typed without = lab.typed("node", "ping");
        assertEquals(1, without.exitCode(), without::toString);
        assertTrue(without.out().matches("(?s).*\\nnode-2 +home +.* none\\nnode-3 .* ms\\n"), without::out);
        Typed unknown = lab.typed("node", "ping", "node-1", "node-9");
        assertEquals(1, unknown.exitCode(), unknown::toString);
        assertTrue(unknown.err().contains("no node 'node-9' ever registered"), unknown::err);
    }

    private Typed exec(String... words) {
        return Typed.command(Stream.concat(Stream.of("exec", "shop", "--mesh", lab.server.url()), Stream.of(words))
                .toArray(String[]::new));
    }

    @Test
    void aProgramRunsWhereItIsSaidAndARestartGoesFromNodeToNodeUntilOneFails() {
        assertEquals(0, lab.typed("deploy", module("shop", 3, port, "")).exitCode());
        Typed open = exec("--", "true");
        assertEquals(1, open.exitCode(), open::toString);
        assertTrue(open.err().contains("is on 3 nodes, and the program would run on one"), open::err);
        Typed some = exec("-l", "node!=node-2", "--", "sh", "-c", "echo one; echo two");
        assertEquals(0, some.exitCode(), some::toString);
        assertEquals("NODE    EXIT CODE  OUTPUT  ERRORS\nnode-1  0          two\nnode-3  0          two\n", some.out());
        Typed json = exec("--node", "node-2", "-o", "json", "--", "false");
        assertEquals(1, json.exitCode(), json::toString);
        assertTrue(json.out().contains("\"exitCode\" : 1"), json::out);
        assertEquals(2, exec("true").exitCode());

        Typed restart = lab.typed("restart", "shop");
        assertEquals(0, restart.exitCode(), restart::toString);
        assertTrue(
                restart.err()
                        .matches(
                                "(?s)node 'node-1' is told, waiting\nnode 'node-1' started again.*\nnode 'node-2' is told.*\nnode 'node-3' started again.*"),
                restart::err);

        lab.runtimes.get("node-2").breakDown(new Cause("podman is away", "node-2", "look"));
        List<String> before = lab.runtimes.get("node-3").done();
        Typed failed = lab.typed("restart", "shop");
        assertEquals(1, failed.exitCode(), failed::toString);
        assertTrue(failed.out().contains("node-3  left as it was"), failed::out);
        assertTrue(failed.err().contains("podman is away"), failed::err);
        assertEquals(before, lab.runtimes.get("node-3").done());
    }

    @Test
    void aSelectorFindsNodesByWhatTheySayOfThemselves() {
        Typed cordon = lab.typed("node", "cordon", "-l", "site=home,node!=node-2");
        assertEquals(0, cordon.exitCode(), cordon::toString);
        assertTrue(
                cordon.out()
                        .matches(
                                "(?s)NODE +RESULT +MAY MOVE +STAYS\\nnode-1 +is now cordoned since .* 0 +0\\nnode-3 +is now cordoned [^\n]*\\n"),
                cordon::out);
        Typed json = lab.typed("node", "uncordon", "node-1", "node-3", "-o", "json");
        assertTrue(json.out().matches("(?s).*\"nodes\" : \\[ \\{\\s+\"node\" : \"node-1\".*\"node-3\".*"), json::out);
        Typed ping = lab.typed("node", "ping", "--selector", "site!=home");
        assertEquals(1, ping.exitCode(), ping::toString);
        assertTrue(ping.err().contains("no node is as selector 'site!=home' says"), ping::err);
        Typed unknown = lab.typed("node", "drain", "-l", "colour=red");
        assertEquals(2, unknown.exitCode(), unknown::toString);
        assertTrue(unknown.err().contains("by site, failure-domain, arch, node"), unknown::err);
        assertEquals(2, lab.typed("node", "drain", "node-1", "-l", "site=home").exitCode());
        assertEquals(2, lab.typed("node", "drain").exitCode());
    }

    @Test
    void whySaysForEachNodeItsPointsOrWhatItMisses() {
        String shop = module("shop", 2, port, "");
        String other = module("other", 1, port, "");
        lab.typed("deploy", other);
        lab.typed("deploy", shop);

        Typed why = lab.typed("why", shop);

        assertEquals(0, why.exitCode(), why.err());
        List<String> lines = why.out().lines().toList();
        assertEquals(
                "shop.web has 2 of 2 copies placed (each wants 10 mCPU, 64 MiB, port %d)".formatted(port),
                lines.getFirst());
        assertTrue(lines.get(1).matches("  ✔ node-2 +\\d+ points \\(packing \\+\\d+\\)"), why::out);
        assertTrue(lines.get(2).matches("  ✔ node-3 +\\d+ points \\(packing \\+\\d+\\)"), why::out);
        assertTrue(lines.get(3).matches("  ✘ node-1 +port %d — taken by other.web#0".formatted(port)), why::out);
        assertEquals(4, lines.size());
    }

    @Test
    void whySaysWhatKeepsADeploymentAndANodeFromBeingAsTheyShould() {
        lab.typed("deploy", module("shop", 2, port, ""));
        Typed well = lab.typed("why", "shop");
        assertEquals(0, well.exitCode(), well::toString);
        assertEquals("✓ 2 nodes have what they are told of deployment 'shop'\n", well.out());

        lab.runtimes.get("node-1").breakDown(new Cause("the image is nowhere", "registry", "push it"));
        Typed deploy = lab.typed("deploy", module("shop", 2, QuickLab.freePort(), ""));
        assertEquals(1, deploy.exitCode(), deploy::toString);
        Typed ofDeployment = lab.typed("why", "shop");
        assertTrue(ofDeployment.out().contains("the image is nowhere (registry)\n  → push it"), ofDeployment::out);
        Typed ofNode = lab.typed("why", "node-1", "-o", "json");
        assertTrue(ofNode.out().contains("\"shop on node 'node-1': the image is nowhere (registry)\""), ofNode::out);

        lab.kill("node-2");
        Eventually.holds(
                "node-2 is lost",
                Duration.ofSeconds(60),
                () -> lab.typed("why", "shop").out().contains("✗ node 'node-2': last heard of"));
        assertEquals(0, lab.typed("node", "cordon", "node-3").exitCode());
        Typed cordoned = lab.typed("why", "node-3");
        assertTrue(cordoned.out().startsWith("! node 'node-3' is cordoned since "), cordoned::out);
        Typed unknown = lab.typed("why", "nothing");
        assertEquals(1, unknown.exitCode(), unknown::toString);
        assertTrue(unknown.err().contains("knows no deployment and no node of that name"), unknown::err);
    }

    @Test
    void whatHasNoPlaceIsExplainedAndOthersAreNotTouched() {
        String shop = module("shop", 1, port, "");
        String lamp = module("lamp", 1, QuickLab.freePort(), ".needs(Gpio.line(17))");
        lab.typed("deploy", shop);

        Typed plan = lab.typed("plan", lamp);
        Typed deploy = lab.typed("deploy", lamp);
        Typed why = lab.typed("why", lamp);
        Typed json = lab.typed("why", lamp, "-o", "json");

        assertEquals(1, plan.exitCode());
        assertTrue(
                plan.err().contains("service 'web' has no place for 1 of 1 replicas: none of 3 nodes will do"),
                plan.err());
        assertTrue(plan.err().contains("GPIO line 17 — has no free GPIO line 17"), plan.err());
        assertEquals(1, deploy.exitCode());
        assertTrue(why.out().startsWith("lamp.web#0 runs nowhere: none of 3 nodes will do"), why.out());
        assertEquals(4, why.out().lines().count(), why.out());
        assertTrue(json.out().contains("\"requirement\" : \"GPIO line 17\""), json.out());
        assertEquals(0, lab.typed("drift", shop).exitCode());
    }

    @Test
    void operateMovesTheWorkOfADeadNodeAndTheNodeStopsItWhenItReturns() throws Exception {
        String shop = module("shop", 2, port, ".onLoss(new LossPolicy.Moves(java.time.Duration.ofSeconds(22)))");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(print, Ink.PLAIN, print, Ink.PLAIN, Terminal.Movement.LINES, InstantSource.system());
        Thread operating = Thread.ofVirtual()
                .start(() ->
                        Harmony.run(terminal, Map.of(), "operate", shop, "--every", "1s", "--mesh", lab.server.url()));
        Eventually.holds("it runs", () -> text(out).contains("as declared, and every node has it"));
        assertFalse(runs("node-3"));

        lab.kill("node-1");

        Eventually.holds("the work moved", Duration.ofSeconds(60), () -> runs("node-3"));
        assertTrue(text(out).contains("lost"), text(out));
        assertTrue(runs("node-1"), "nobody can end it there");
        lab.restart("node-1");
        Eventually.holds("the returning node stops its own", () -> !runs("node-1"));
        assertTrue(runs("node-2") && runs("node-3"));
        operating.interrupt();
        operating.join();
    }

    @Test
    void ofTwoDeploysAtTheSameMomentOneHasTheLineAndTheOtherIsToldWho() throws Exception {
        lab.tellsHardware(
                "node-2", new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl"), 54, Set.of()));
        Map<String, String> modules = Map.of(
                "shop", module("shop", 1, port, ".needs(Gpio.line(17))"),
                "lamp", module("lamp", 1, QuickLab.freePort(), ".needs(Gpio.line(17))"));

        Map<String, Typed> typed = new ConcurrentHashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            modules.forEach((name, module) -> threads.execute(() -> typed.put(name, lab.typed("deploy", module))));
        }

        Map<Integer, String> byExit = new HashMap<>();
        typed.forEach((name, end) -> byExit.put(end.exitCode(), name));
        assertEquals(Set.of(0, 1), byExit.keySet(), typed::toString);
        String refused = typed.get(byExit.get(1)).err();
        assertTrue(
                refused.contains("closest is 'node-2': GPIO line 17 — taken by %s.web#0".formatted(byExit.get(0))),
                refused);
        assertTrue(refused.contains("withdraw what has the room"), refused);
        assertEquals(0, lab.typed("withdraw", byExit.get(0)).exitCode());
        assertEquals(0, lab.typed("deploy", modules.get(byExit.get(1))).exitCode());
    }

    @Test
    void operateMovesTheWorkOfADrainedNodeAndNothingMovesBackWhenItIsUncordoned() throws Exception {
        String shop = module("shop", 2, port, "");
        assertEquals(0, lab.typed("deploy", shop).exitCode());
        assertFalse(runs("node-3"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(print, Ink.PLAIN, print, Ink.PLAIN, Terminal.Movement.LINES, InstantSource.system());
        Thread operating = Thread.ofVirtual()
                .start(() ->
                        Harmony.run(terminal, Map.of(), "operate", shop, "--every", "1h", "--mesh", lab.server.url()));
        Eventually.holds("it looks", () -> text(out).contains("as declared, and every node has it"));

        Typed drain = lab.typed("node", "drain", "node-1");

        assertEquals(0, drain.exitCode(), drain.err());
        assertTrue(
                drain.out()
                        .matches(
                                "(?s)Node node-1 is now drained since \\S+Z, by \\S+@\\S+\n.*shop\\.web  moves with .*"),
                drain.out());
        Eventually.holds("the work moved", () -> runs("node-3") && !runs("node-1"));
        assertTrue(runs("node-2"));
        Eventually.holds("it is in sync", () -> text(out).strip().endsWith("as declared, and every node has it"));

        Typed uncordon = lab.typed("node", "uncordon", "node-1");

        assertEquals("Node node-1 takes new work again\n", uncordon.out());
        operating.interrupt();
        operating.join();
        Typed plan = lab.typed("plan", shop);
        assertTrue(plan.out().startsWith("Nothing to change"), plan.out());
        assertEquals(
                0,
                lab.typed("deploy", module("other", 1, QuickLab.freePort(), "")).exitCode());
        assertFalse(
                lab.runtimes.get("node-1").observe(DeploymentName.of("other")).isEmpty(), "it may be used again");
    }

    @Test
    void aCordonedNodeGetsNothingNewAndEverybodySeesWhy() {
        String shop = module("shop", 3, port, "");
        Typed cordon = lab.typed("node", "cordon", "node-2");
        Typed again = lab.typed("node", "cordon", "node-2");
        Typed json = lab.typed("node", "cordon", "node-2", "-o", "json");

        Typed deploy = lab.typed("deploy", shop);
        Typed why = lab.typed("why", shop);

        assertTrue(cordon.out().startsWith("Node node-2 is now cordoned since "), cordon.out());
        assertTrue(again.out().startsWith("Node node-2 is already cordoned since "), again.out());
        assertTrue(json.out().contains("\"changed\" : false"), json.out());
        assertTrue(json.out().contains("\"extent\" : \"cordoned\""), json.out());
        assertEquals(1, deploy.exitCode());
        assertTrue(deploy.err().contains("closest is 'node-2': open node — in maintenance since "), deploy.err());
        assertTrue(
                why.out()
                        .lines()
                        .anyMatch(line ->
                                line.matches("  ✘ node-2 +open node — in maintenance since \\S+Z, by \\S+@\\S+")),
                why.out());
        assertTrue(
                lab.typed("node", "list")
                        .out()
                        .lines()
                        .anyMatch(line -> line.matches("node-2 .* cordoned since \\S+Z, by \\S+")),
                lab.typed("node", "list")::out);
        assertTrue(
                lab.typed("node", "show", "node-2")
                        .out()
                        .lines()
                        .anyMatch(line -> line.matches("maintenance +cordoned since .*")),
                lab.typed("node", "show", "node-2")::out);
        assertTrue(lab.typed("node", "list", "-o", "json").out().contains("\"maintenance\" : {"));
        lab.typed("node", "uncordon", "node-2");
        assertEquals(0, lab.typed("deploy", shop).exitCode());
    }

    @Test
    void whatMustStayIsNamedByDrainAndByPlan() {
        String shop = module("shop", 1, port, ".onLoss(new LossPolicy.Stays())");
        Typed first = lab.typed("deploy", shop);
        assertEquals(0, first.exitCode(), first.err());

        Typed drain = lab.typed("node", "drain", "node-1");
        Typed plan = lab.typed("plan", shop);

        assertTrue(drain.out().contains("shop.web  stays: its policy keeps it on its node"), drain.out());
        assertTrue(plan.out().startsWith("Nothing to change"), plan.out());
        assertTrue(
                plan.out().contains("shop.web#0 stays on node 'node-1', which is drained: its policy keeps it there"),
                plan.out());
        assertEquals(0, lab.typed("deploy", shop).exitCode());
        assertTrue(runs("node-1"));
    }

    @Test
    void aNodeThatNeverComesBackIsForgottenAndStopsWhatItRanShouldItComeBackAllTheSame() throws Exception {
        String shop = module("shop", 2, port, "");
        Path vault = lab.keeping("vault", 1, QuickLab.freePort());
        assertEquals(0, lab.typed("deploy", shop).exitCode());
        assertEquals(0, lab.typed("deploy", vault.toString()).exitCode());
        DeploymentName keeping = DeploymentName.of("vault");
        String gone = lab.runtimes.keySet().stream()
                .filter(node -> !lab.runtimes.get(node).observe(keeping).isEmpty())
                .findFirst()
                .orElseThrow();
        assertEquals(0, lab.typed("node", "cordon", gone).exitCode());

        Typed alive = lab.typed("node", "forget", gone);
        lab.kill(gone);
        lab.awaitLost(gone);
        Typed refused = lab.typed("node", "forget", gone, "-o", "json");
        Typed forgotten = lab.typed("node", "forget", gone, "--accept-loss", "volume/orders");
        Typed again = lab.typed("node", "forget", gone);

        assertEquals(1, alive.exitCode());
        assertTrue(alive.err().contains("node '%s' is connected".formatted(gone)), alive.err());
        assertTrue(alive.err().contains("`harmony node drain %s`".formatted(gone)), alive.err());
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("volume orders holds data of container web"), refused.err());
        assertTrue(refused.out().contains("\"result\" : \"failed\""), refused.out());
        assertEquals(0, forgotten.exitCode(), forgotten.err());
        assertTrue(
                forgotten.out().startsWith("Node %s is forgotten. Should it come back, it".formatted(gone)),
                forgotten.out());
        assertTrue(
                forgotten.out().lines().anyMatch(line -> line.startsWith("vault.web  runs elsewhere with the next ")),
                forgotten.out());
        assertEquals(1, again.exitCode());
        assertTrue(again.err().contains("no node '%s' ever registered".formatted(gone)), again.err());
        assertFalse(lab.typed("node", "list").out().contains(gone), "it is listed");
        assertFalse(lab.typed("status").out().contains(gone), "it has a state");
        assertFalse(lab.typed("rollout", "status", "shop").out().contains(gone), "it has a part in a rollout");

        assertEquals(0, lab.typed("deploy", shop).exitCode());
        assertEquals(0, lab.typed("deploy", vault.toString()).exitCode());
        assertTrue(lab.typed("plan", shop).out().startsWith("Nothing to change"), lab.typed("plan", shop)::out);
        assertFalse(lab.runtimes.get(gone).observe(keeping).isEmpty(), "nobody can end it there");
        lab.restart(gone);
        Eventually.holds(
                "the returning node stops its own",
                () -> lab.runtimes.get(gone).observe(keeping).isEmpty());
        Eventually.holds(
                "it is listed, and takes work",
                () -> lab.typed("node", "list").out().lines().anyMatch(line -> line.matches(gone + " .* now")));
        assertTrue(lab.typed("plan", shop).out().startsWith("Nothing to change"), lab.typed("plan", shop)::out);
    }

    @Test
    void whatIsLargerThanTheServerTakesIsNamedByDeploymentAndNode() {
        String shop = module("shop", 1, port, ".env(EnvName.of(\"LONG\"), EnvText.of(\"x\".repeat(9_000)))");
        lab.server.reloadWith("max_payload: 8192");

        Typed deploy = lab.typed("deploy", shop);

        assertTrue(deploy.exitCode() != 0, deploy.out());
        assertTrue(deploy.err().contains("node 'node-1'"), deploy.err());
        assertTrue(deploy.err().contains("max_payload"), deploy.err());
        lab.server.reloadWith("max_payload: 65536");
        assertEquals(0, lab.typed("deploy", shop).exitCode());
    }

    @Test
    void nodesThatNobodyKnowsOrHeardOfAreNotTakenOutOfService() {
        Typed unknown = lab.typed("node", "drain", "node-9");

        assertEquals(1, unknown.exitCode());
        assertTrue(unknown.err().contains("no node 'node-9' ever registered"), unknown.err());
        Typed away = Typed.command("node", "cordon", "node-1", "--mesh", "nats://127.0.0.1:9");
        assertEquals(3, away.exitCode(), away.err());
    }

    private boolean runs(String node) {
        return !lab.runtimes.get(node).observe(SHOP).isEmpty();
    }

    private static String text(ByteArrayOutputStream out) {
        return out.toString(StandardCharsets.UTF_8);
    }
}
