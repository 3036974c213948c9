package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent has a heap of 32 MB, also when it operates a deployment, however many nodes there are beside its own. */
class SmallHeapOperationTest {
    private static final int NODES = 5_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final String MODULE =
            SmallHeapOperationTest.class.getModule().getName();

    @Test
    @Timeout(600)
    void operatesAmongFiveThousandNodes() throws IOException, InterruptedException {
        try (NatsServer server = NatsServer.start();
                Mesh mesh = connect(server.url(), "nodes");
                StubPage page = StubPage.serve()) {
            fleet(mesh).ensureBuckets();
            try (StubNodes nodes = StubNodes.start(mesh, NODES)) {
                tellAll(nodes, fleet(mesh));
                Path log = server.folder().resolve("operating.log");
                Process operating = operating(log, server.url(), page.port());
                try {
                    // Stubs do not say what they have, so that every look ends in a repair: the dearest.
                    awaitRepairs(operating, log, 4);
                } finally {
                    operating.destroyForcibly();
                    operating.waitFor();
                }
            }
        }
    }

    private static void tellAll(StubNodes nodes, Fleet fleet) {
        List<NodeResource> resources = List.of(Lab.service("there", 1, 1, 9_000).container());
        nodes.inParallel(
                IntStream.range(0, NODES).mapToObj(StubNodes::id).toList(),
                id -> fleet.desiredStates()
                        .tell(new DesiredState(id, DeploymentName.of("there"), resources), Optional.empty()));
    }

    private static void awaitRepairs(Process operating, Path log, long times) {
        Eventually.holds("the operator repairs %d times".formatted(times), TIMEOUT, () -> {
            assertTrue(operating.isAlive(), () -> "it died:\n" + text(log));
            return text(log).lines().filter(line -> line.startsWith("repaired")).count() >= times;
        });
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the flags of `agent/harmony-agent`. */
    private static Process operating(Path log, String url, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xms8m",
                        "-Xmx32m",
                        "-Xss256k",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--module-path",
                        System.getProperty("jdk.module.path"),
                        "--class-path",
                        System.getProperty("java.class.path"),
                        "--patch-module",
                        MODULE + "=" + Path.of("target", "test-classes").toAbsolutePath(),
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--add-reads",
                        MODULE + "=ALL-UNNAMED",
                        "--module",
                        MODULE + "/" + Operating.class.getName(),
                        url,
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static Mesh connect(String url, String name) {
        return NatsMesh.connect(NatsOptions.of(NatsAddress.parse(url), name));
    }

    private static Fleet fleet(Mesh mesh) {
        return new Fleet(mesh, new JsonFleetCodec());
    }

    private static Journals journals(Mesh mesh) {
        return new MeshJournals(mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
    }

    private static Deployer deployer(Mesh mesh, String author) {
        return new Deployer(
                fleet(mesh),
                journals(mesh),
                Author.of(author),
                ApplyTerms.careful(Duration.ofMinutes(2), DeployProgress.silent()));
    }

    /** Operates a shop of two copies until it is ended; says on its output what it finds and does. */
    static final class Operating {
        private Operating() {}

        public static void main(String[] arguments) throws InterruptedException {
            try (Mesh mesh = connect(arguments[0], "agent")) {
                ContainerService web = Lab.service("web", 1, 2, Integer.parseInt(arguments[1]));
                Deployment<?> shop = Deployment.named(SHOP)
                        .on(Lab.home())
                        .runs(web)
                        .provenBy(Lab.smoke(web, "Welcome").within(Duration.ofMinutes(1)));
                new Operation(
                                fleet(mesh),
                                journals(mesh),
                                new Operation.Mode.Repair(deployer(mesh, "operator")),
                                Duration.ofSeconds(1),
                                new Said())
                        .run(shop);
            }
        }
    }

    private static final class Said implements OperateProgress {
        @Override
        public void inSync() {
            say("in sync");
        }

        @Override
        public void drifted(Drift drift) {
            say("drifted");
        }

        @Override
        public void repaired(DeployResult result) {
            say(result instanceof DeployResult.Deployed ? "repaired" : "failed: " + result);
        }

        @Override
        public void problem(Cause cause) {
            say("problem: " + cause);
        }

        private static void say(String event) {
            long used =
                    (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
            System.out.println(event + ", heap in use " + used + " MB");
        }
    }
}
