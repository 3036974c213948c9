package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whoever deploys what at the same time: no node is ever told more than it has. */
class RoomLawsTest {
    /** What one deployment wants, then wants instead. */
    private record PlacementRequest(Want first, Want then) {}

    /**
     * @param gibibytes for each replica, of the 8 of a node
     * @param line that each replica wants, none when negative
     */
    private record Want(int replicas, int gibibytes, int line, int port) {
        Deployment<?> of(String name) {
            ContainerService web = Lab.service("web", 1, replicas, 9_000 + port)
                    .memoryLimit(Memory.gibibytes(8))
                    .memoryRequest(Memory.gibibytes(gibibytes));
            return Homes.deployment(DeploymentName.of(name), line < 0 ? web : web.needs(Gpio.line(line)));
        }
    }

    @Provide
    Arbitrary<List<PlacementRequest>> wishes() {
        Arbitrary<Want> wants = Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(-2, 1),
                        Arbitraries.integers().between(1, 6))
                .as(Want::new);
        return Combinators.combine(wants, wants)
                .as(PlacementRequest::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(6);
    }

    @Property(tries = 40)
    void noNodeIsEverToldMoreThanItHas(@ForAll("wishes") List<PlacementRequest> wishes) throws InterruptedException {
        noNodeIsEverToldMoreThanItHas(wishes, mesh -> mesh);
    }

    @Property(tries = 20)
    void norUnderTheLease(@ForAll("wishes") List<PlacementRequest> wishes) throws InterruptedException {
        noNodeIsEverToldMoreThanItHas(wishes, WithoutConditions::new);
    }

    private static void noNodeIsEverToldMoreThanItHas(List<PlacementRequest> wishes, UnaryOperator<Mesh> seen)
            throws InterruptedException {
        try (InProcessMesh mesh = new InProcessHub().connect()) {
            Fleet fleet = new Fleet(seen.apply(mesh), new JsonFleetCodec());
            fleet.ensureBuckets();
            List<NodeStatus> nodes =
                    Stream.of("a", "b", "c").map(RoomLawsTest::node).toList();
            nodes.forEach(node -> {
                fleet.nodeReports().register(node.info());
                fleet.nodeReports().report(node.hardware().orElseThrow());
                fleet.nodeReports().beat(node.info().id(), "nobody");
            });
            try (Overcommitment watched = Overcommitment.of(fleet, mesh)) {
                deploy(mesh, fleet, wishes.stream().map(PlacementRequest::first).toList());
                deploy(mesh, fleet, wishes.stream().map(PlacementRequest::then).toList());

                assertEquals(List.of(), watched.found());
                assertTrue(
                        nodes.stream()
                                .anyMatch(node -> !fleet.desiredStates()
                                        .of(node.info().id())
                                        .isEmpty()),
                        "nothing was told at all");
            }
        }
    }

    private static NodeStatus node(String name) {
        return Homes.with(
                Homes.node(name, name),
                new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl"), 2, Set.of()));
    }

    /** Nobody follows, and nobody waits for that: what is told is what counts. */
    private static void deploy(InProcessMesh mesh, Fleet fleet, List<Want> wants) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(IntStream.range(0, wants.size())
                            .<Callable<DeployResult>>mapToObj(number -> () -> deployer(mesh, fleet, "author" + number)
                                    .deploy(wants.get(number).of("d" + number)))
                            .toList())
                    .forEach(done -> assertInstanceOf(DeployResult.Failed.class, done.resultNow()));
        }
    }

    private static Deployer deployer(InProcessMesh mesh, Fleet fleet, String name) {
        Author author = Author.of(name);
        return new Deployer(
                fleet,
                new MeshJournals(mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {}),
                author,
                ApplyTerms.careful(Duration.ofMillis(1), DeployProgress.silent()),
                SecretSupply.none(),
                new PlacementLock(
                        fleet,
                        author,
                        new PlacementLock.Clocks(
                                InstantSource.system(), System::nanoTime, new Random(), Duration.ofMillis(1))));
    }
}
