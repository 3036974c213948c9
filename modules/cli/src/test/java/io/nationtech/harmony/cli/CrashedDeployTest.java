package io.nationtech.harmony.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code harmony deploy} as a process of its own, on a real mesh, killed at random steps of its journal. */
class CrashedDeployTest {
    private static final int CRASHES = 4;
    /** Three nodes, each begun and done; the last is all but over. */
    private static final int STEPS = 6;

    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private QuickLab lab;
    private NatsMesh mesh;

    @BeforeEach
    void begin() throws IOException {
        lab = QuickLab.begin(folder);
        mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(lab.server.url()), "test"));
    }

    @AfterEach
    void end() {
        mesh.close();
        lab.close();
    }

    @Test
    void deployingAgainConvergesWhereverTheFirstOneWasKilled() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random chance = new Random(seed);
        List<String> names = new ArrayList<>();
        List<Process> again = new ArrayList<>();
        int killed = 0;
        for (int crash = 0; crash < CRASHES; crash++) {
            String name = "web" + (char) ('a' + crash);
            int port = QuickLab.freePort();
            assertEquals(0, deploy(lab.module(name, 1, 2, port)).waitFor(), () -> log(name, 1));
            Path next = lab.module(name, 2, 3, port);
            killed += killAtStep(name, next, 1 + chance.nextInt(STEPS));
            again.add(deploy(next));
            names.add(name);
        }
        assertTrue(killed > 0, "seed %d: each deploy was over before it could be killed".formatted(seed));

        for (int crash = 0; crash < CRASHES; crash++) {
            String name = names.get(crash);
            String about = "seed %d, crash %d: ".formatted(seed, crash);
            assertTrue(again.get(crash).waitFor(60, TimeUnit.SECONDS), about + "it does not end");
            assertEquals(0, again.get(crash).exitValue(), () -> about + log(name, 2));
            assertWhole(name, about);
        }
    }

    /** Everything is there once and as declared, and the journal says so. */
    private void assertWhole(String name, String about) {
        Typed plan = lab.typed("plan", lab.jar(name, 2).toString(), "--exit-code");
        assertEquals(0, plan.exitCode(), about + plan.out() + plan.err());
        assertEquals(0, lab.typed("status", name, "--exit-code").exitCode(), about);
        lab.runtimes.forEach((node, runtime) ->
                assertEquals(1, runtime.observe(DeploymentName.of(name)).size(), about + node + " runs it just once"));
        Ledger ledger = new MeshJournals(
                        mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {})
                .read(DeploymentName.of(name));
        assertEquals(3, ledger.all().size(), about + ledger.all());
        ledger.all()
                .forEach((id, owned) -> assertEquals(Ledger.Settled.YES, owned.settled(), about + id + " is settled"));
    }

    /** How many processes were killed before they ended: one or none. */
    private int killAtStep(String name, Path module, int step) throws IOException, InterruptedException {
        CountDownLatch left = new CountDownLatch(step + journalled(name));
        try (Subscription _ =
                mesh.bucket(new BucketName("journals")).watch(KeyPattern.under(Key.of(name)), _ -> left.countDown())) {
            Process process = deploy(module);
            Eventually.holds("the deploy is at step " + step, () -> left.getCount() == 0 || !process.isAlive());
            return process.destroyForcibly().waitFor() == KILLED ? 1 : 0;
        }
    }

    /** What a watch tells at first. */
    private int journalled(String name) {
        return mesh.bucket(new BucketName("journals"))
                .entries(KeyPattern.under(Key.of(name)))
                .entries()
                .size();
    }

    private Process deploy(Path module) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "io.nationtech.harmony.cli/io.nationtech.harmony.cli.Harmony",
                "deploy",
                module.toString(),
                "--timeout",
                "30",
                "--mesh",
                lab.server.url());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(module.getFileName() + ".log").toFile())
                .start();
    }

    private String log(String name, int version) {
        try {
            return Files.readString(folder.resolve(QuickLab.name(name, version) + ".jar.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
