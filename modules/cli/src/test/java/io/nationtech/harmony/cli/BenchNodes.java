package io.nationtech.harmony.cli;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.node.DesiredStateStore;
import io.nationtech.harmony.node.Drivers;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Nodes of a mesh in this process: all that an agent is but its containers, which are entries of a map. */
final class BenchNodes implements AutoCloseable {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.1");
    private static final int VERSIONS = 4;
    private static final int CONNECTING = 32;
    /** As agents have it. */
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final MeshOwner mesh;
    private final List<InProcessRuntime> runtimes = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final Images images = new Images();
    private final int count;

    private record Running(NatsMesh mesh, Node node) {}

    private BenchNodes(MeshOwner mesh, int count) {
        this.mesh = mesh;
        this.count = count;
    }

    /** With a login for each; none is started yet. */
    static BenchNodes of(MeshOwner mesh, int count) throws IOException {
        BenchNodes nodes = new BenchNodes(mesh, count);
        for (int version = 1; version <= VERSIONS; version++) {
            nodes.images.serve(FleetBench.image(version), "Welcome");
        }
        for (int index = 0; index < count; index++) {
            mesh.let(MeshRoles.NODE, id(index).value());
            nodes.runtimes.add(new InProcessRuntime(nodes.images, ADDRESS));
        }
        return nodes;
    }

    static NodeId id(int index) {
        return NodeId.of("n" + index);
    }

    /** So many at a time, as they share one machine's processor with their server. */
    void start() throws IOException, InterruptedException {
        Semaphore connecting = new Semaphore(CONNECTING);
        for (int index = 0; index < count; index++) {
            NodeId id = id(index);
            connecting.acquire();
            NatsMesh own = mesh.connectInBackground(id.value());
            AtomicBoolean isCounted = new AtomicBoolean();
            Consumer<Mesh.Status> heard = status -> {
                if (status == Mesh.Status.CONNECTED && !isCounted.getAndSet(true)) {
                    connecting.release();
                }
            };
            own.onStatus(heard);
            // It may have come before that.
            heard.accept(own.status());
            Node node = node(
                    HomeLab.info(id, ADDRESS),
                    runtimes.get(index),
                    mesh.files().folder().resolve("state").resolve(id.value()),
                    own,
                    mesh.fleet(own, id.value()),
                    new NodeSettings(PERIOD, PERIOD, InstantSource.system(), System::nanoTime));
            node.start();
            running.add(new Running(own, node));
        }
    }

    /**
     * All that an agent is but its containers.
     *
     * @param state the folder of what it was told
     */
    static Node node(
            NodeInfo info, InProcessRuntime runtime, Path state, NatsMesh own, Fleet fleet, NodeSettings settings) {
        return new Node(
                info,
                Drivers.of(new ContainerDriver(runtime, info.address(), System::nanoTime)),
                new DesiredStateStore(state, MeshFiles.CODEC),
                own,
                fleet,
                settings,
                _ -> {});
    }

    /** Until the server has all of them, and each has said so. */
    void awaitConnected(Fleet fleet, Duration patience) throws InterruptedException {
        List<NodeId> all = IntStream.range(0, count).mapToObj(BenchNodes::id).toList();
        await(
                "all nodes are back",
                patience,
                () -> fleet.liveness(all).values().stream().allMatch(new Liveness.Alive(Duration.ZERO)::equals));
    }

    /** Until these have started the containers of a version. */
    void awaitStarted(int version, Collection<NodeId> nodes, Duration patience) throws InterruptedException {
        await(
                "version %d runs".formatted(version),
                patience,
                () -> nodes.stream()
                        .allMatch(node -> started(Integer.parseInt(node.value().substring(1)), version) > 0));
    }

    /** How many nodes started the containers of a version more than once. */
    long startedTwice(int version) {
        return IntStream.range(0, count)
                .filter(index -> started(index, version) > 1)
                .count();
    }

    private long started(int index, int version) {
        return runtimes.get(index).done().stream()
                .filter(line -> line.equals("started web of " + FleetBench.image(version)))
                .count();
    }

    private static void await(String what, Duration patience, BooleanSupplier holds) throws InterruptedException {
        long began = System.nanoTime();
        while (!isSo(holds)) {
            if (System.nanoTime() - began > patience.toNanos()) {
                throw new IllegalStateException("not within %s: %s".formatted(patience, what));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean isSo(BooleanSupplier holds) {
        try {
            return holds.getAsBoolean();
        } catch (MeshUnavailableException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // Each waits for its connection, and not for its processor.
        try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(one -> closing.submit(() -> {
                one.node().close();
                one.mesh().close();
            }));
        }
        runtimes.forEach(InProcessRuntime::close);
    }
}
