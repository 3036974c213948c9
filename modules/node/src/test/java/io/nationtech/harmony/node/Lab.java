package io.nationtech.harmony.node;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetCodec;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeUnsealing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** One node on a mesh, and somebody who deploys. */
final class Lab implements AutoCloseable {
    static final NodeId ID = NodeId.of("n1");
    static final DeploymentName WEBSITE = DeploymentName.of("website");
    static final IpAddress ADDRESS = IpAddress.of("127.0.0.12");
    private static final Duration PERIOD = Duration.ofMillis(50);

    final int port = Fixtures.freePort(ADDRESS);
    final Images images = new Images();
    final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);
    final InProcessHub hub = new InProcessHub();
    final InProcessMesh mesh = hub.connect();
    final InProcessMesh deployersMesh = hub.connect();
    final Fleet deployer = new Fleet(deployersMesh, Thing.codec());
    final List<NodeSummary> pulses = new CopyOnWriteArrayList<>();
    private final AtomicLong passed = new AtomicLong();
    AgeIdentity key = AgeIdentity.generate();
    /** How the node says what it is, from its next start on. */
    UnaryOperator<NodeInfo> saying = UnaryOperator.identity();
    /** How its operating system is exchanged, from its next start on. */
    Optional<SystemUpgrades> upgrades = Optional.empty();
    /** What the node can have from its next start on. */
    Drivers drivers = Drivers.of(new ContainerDriver(runtime, ADDRESS, System::nanoTime));

    private final Path folder;
    private UnaryOperator<Mesh> wiring = UnaryOperator.identity();
    private Optional<Node> node = Optional.empty();

    Lab(Path folder) {
        this.folder = folder;
        images.serve(Fixtures.image("site:1"), "one");
        images.serve(Fixtures.image("site:2"), "two");
    }

    /** From the next start on, the node sees its mesh through this. */
    void wire(UnaryOperator<Mesh> how) {
        wiring = how;
    }

    Node start() throws IOException {
        Mesh seen = wiring.apply(mesh);
        FleetCodec codec = Thing.codec();
        Fleet fleet = new Fleet(seen, codec);
        Node started = new Node(
                ID,
                () -> saying.apply(Fixtures.info(ID, ADDRESS)),
                drivers,
                new DesiredStateStore(folder, codec),
                NodeSecrets.of(
                        ID,
                        () -> Optional.of(new AgeUnsealing(key)),
                        new SealedSecretStore(sealed(), codec),
                        fleet.sealedSecrets()),
                seen,
                fleet,
                new NodeSettings(PERIOD, PERIOD, InstantSource.system(), passed::get, upgrades),
                pulses::add);
        started.start();
        node = Optional.of(started);
        return started;
    }

    /** Where the node keeps what is sealed for it. */
    Path sealed() {
        return folder.resolve("sealed");
    }

    void stop() {
        node.ifPresent(Node::close);
        node = Optional.empty();
    }

    /** Lets the node's monotonic clock go on, which else stands still. */
    void pass(Duration time) {
        passed.addAndGet(time.toNanos());
    }

    long tell(DeploymentName deployment, NodeResource... resources) {
        return tell(new DesiredState(ID, deployment, List.of(resources)));
    }

    long tell(DesiredState desired) {
        Optional<Long> known =
                deployer.desiredStates().of(ID, desired.deployment()).map(told -> told.revision());
        return ((Written.At) deployer.desiredStates().tell(desired, known)).revision();
    }

    Container web(String image) {
        return Fixtures.container("web", port, image);
    }

    void awaitRegistered() {
        Eventually.holds("the node is registered", () -> {
            try {
                // The first heartbeat comes after everything else.
                return deployer.inventory().nodes().stream().anyMatch(NodeStatus::isAlive);
            } catch (MeshUnavailableException e) {
                // The buckets are made by the node.
                return false;
            }
        });
    }

    NodeState awaitConverged(DeploymentName deployment, long revision) {
        Eventually.holds(
                "%s is converged at %d".formatted(deployment, revision),
                () -> state(deployment)
                        .filter(state -> state.revision() == revision)
                        .filter(state -> state.convergence() instanceof Convergence.Converged)
                        .isPresent());
        return state(deployment).orElseThrow();
    }

    NodeState awaitFailed(DeploymentName deployment) {
        Eventually.holds(
                "%s has failed".formatted(deployment),
                () -> state(deployment)
                        .filter(state -> state.convergence() instanceof Convergence.Failed)
                        .isPresent());
        return state(deployment).orElseThrow();
    }

    Optional<NodeState> state(DeploymentName deployment) {
        return deployer.nodeReports().state(ID, deployment);
    }

    Bucket bucket(String name) {
        return deployersMesh.bucket(new BucketName(name));
    }

    @Override
    public void close() {
        stop();
        drivers.close();
        runtime.close();
        mesh.close();
        deployersMesh.close();
    }
}
