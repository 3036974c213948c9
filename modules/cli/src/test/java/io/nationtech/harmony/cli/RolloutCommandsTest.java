package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.operator.RolloutTakeover;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** A deploy that is killed in the middle of its rollout, and what people and agents do about it. */
class RolloutCommandsTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");

    @TempDir
    private Path folder;

    private QuickLab lab;
    private NatsMesh mesh;
    private Fleet fleet;
    private Path second;

    @BeforeEach
    void killADeployInTheMiddle() throws IOException, InterruptedException {
        lab = QuickLab.begin(folder);
        mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(lab.server.url()), "test"));
        fleet = new Fleet(mesh, new JsonFleetCodec());
        int port = QuickLab.freePort();
        second = lab.module("shop", 2, 3, port);
        Typed first = lab.typed("deploy", lab.module("shop", 1, 3, port).toString());
        assertEquals(0, first.exitCode(), first.err());
        CountDownLatch told = new CountDownLatch(4);
        try (Subscription _ = mesh.bucket(new BucketName("desired-state"))
                .watch(KeyPattern.any().then("shop"), _ -> told.countDown())) {
            Process deploy = deploy(second);
            Eventually.holds("it told a node", () -> told.getCount() == 0);
            deploy.destroyForcibly().waitFor();
        }
    }

    @AfterEach
    void end() {
        mesh.close();
        lab.close();
    }

    private Process deploy(Path module) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "io.nationtech.harmony.cli/io.nationtech.harmony.cli.Harmony",
                "deploy",
                module.toString(),
                "--mesh",
                lab.server.url());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("deploy.log").toFile())
                .start();
    }

    @Test
    void itIsShownPausedAndCarriedOnWithoutItsModule() throws IOException {
        Typed status = lab.typed("rollout", "status", "shop");
        assertEquals(0, status.exitCode(), status.err());
        assertTrue(status.out().startsWith("shop: running, wave "), status.out());
        assertTrue(status.out().contains("node-3"), status.out());
        Map<String, Object> json = JSON.std.mapFrom(
                lab.typed("rollout", "status", "shop", "-o", "json").out());
        assertEquals(3, ((List<?>) json.get("waves")).size(), json::toString);

        Typed pause = lab.typed("rollout", "pause", "shop");
        assertEquals(0, pause.exitCode(), pause.err());
        assertTrue(pause.out().startsWith("shop: paused by " + PersonAtKeyboard.author()), pause.out());
        Typed deploy = lab.typed("deploy", second.toString());
        assertEquals(1, deploy.exitCode(), deploy.out());
        assertTrue(deploy.err().contains("`harmony rollout resume shop` lets it go on"), deploy.err());

        Typed resume = lab.typed("rollout", "resume", "shop");
        assertEquals(0, resume.exitCode(), resume.err());
        assertTrue(resume.out().contains("shop rolled out in "), resume.out());
        assertEquals(0, lab.typed("drift", second.toString()).exitCode());
        Typed over = lab.typed("rollout", "status", "shop", "--follow");
        assertEquals(0, over.exitCode(), over.err());
        assertTrue(over.out().startsWith("shop: done, 3 of 3 nodes done"), over.out());
        Typed late = lab.typed("rollout", "pause", "shop");
        assertEquals(1, late.exitCode(), late.out());
        assertTrue(late.err().contains("its rollout is done"), late.err());
    }

    @Test
    void anOperatorThatHasNotItsModuleCarriesItOn() {
        MeshJournals journals =
                new MeshJournals(mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
        try (RolloutTakeover takeover = new RolloutTakeover(fleet, journals, Author.of("agent@node-1"))) {
            takeover.start();

            Eventually.holds(
                    "it is carried on",
                    Duration.ofSeconds(90),
                    () -> lab.typed("rollout", "status", "shop").out().startsWith("shop: done, 3 of 3 nodes done"));
        }
        assertTrue(
                lab.typed("rollout", "status", "shop").out().contains("run by   agent@node-1 since "),
                lab.typed("rollout", "status", "shop").out());
        assertEquals(0, lab.typed("drift", second.toString()).exitCode());
        assertTrue(
                mesh.bucket(new BucketName("rollout-changes"))
                        .entries(KeyPattern.under(Key.of(SHOP.value())))
                        .entries()
                        .isEmpty(),
                "what nodes are told is cleared away");
    }

    @Test
    void whatHasNoRolloutSaysSo() {
        Typed status = lab.typed("rollout", "status", "other");

        assertEquals(1, status.exitCode(), status.out());
        assertTrue(status.err().contains("no rollout of it is kept (deployment 'other')"), status.err());
    }
}
