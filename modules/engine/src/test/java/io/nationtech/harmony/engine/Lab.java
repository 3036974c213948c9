package io.nationtech.harmony.engine;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeKey;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import io.nationtech.harmony.node.DesiredStateStore;
import io.nationtech.harmony.node.Drivers;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSecrets;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.node.SealedSecretStore;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeUnsealing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Several nodes that really serve, on one mesh whose clock tests move, and somebody who deploys. */
final class Lab implements AutoCloseable {
    static final DeploymentName WEBSITE = DeploymentName.of("website");
    static final Author ALICE = Author.of("alice@laptop");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    final int port = freePort();
    final Images images = new Images();
    final InProcessMesh mesh;
    final Fleet fleet;
    final MeshJournals journals;
    final Map<String, InProcessRuntime> runtimes = new HashMap<>();
    SecretSupply secrets = SecretSupply.none();
    private final Path folder;
    private final InProcessHub hub;
    final Set<String> keyless = new HashSet<>();
    private final Map<String, AgeIdentity> keys = new ConcurrentHashMap<>();
    private final Map<String, Running> nodes = new HashMap<>();
    private final Deque<Runnable> open = new ArrayDeque<>();
    private volatile Duration passed = Duration.ZERO;

    /** A node's agent, and its connection. */
    private record Running(Node node, InProcessMesh mesh) implements AutoCloseable {
        @Override
        public void close() {
            node.close();
            mesh.close();
        }
    }

    Lab(Path folder) {
        this(folder, mesh -> mesh);
    }

    /** One whose mesh cannot compare all that a node is told at once. */
    static Lab underLease(Path folder) {
        return new Lab(folder, WithoutConditions::new);
    }

    private Lab(Path folder, UnaryOperator<Mesh> seen) {
        this.folder = folder;
        this.hub = new InProcessHub(() -> Instant.parse("2026-11-24T12:00:00Z").plus(passed));
        this.mesh = hub.connect();
        this.fleet = new Fleet(seen.apply(mesh), new JsonFleetCodec());
        fleet.ensureBuckets();
        this.journals =
                new MeshJournals(mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
        for (int version = 1; version <= 3; version++) {
            images.serve(image("web:" + version), "Welcome to version " + version);
        }
    }

    /** Starts nodes with these names, each at an address and in a failure domain of its own. */
    Lab with(String... names) throws IOException {
        for (String name : names) {
            start(name);
        }
        Eventually.holds(
                "the nodes are there",
                () -> fleet.inventory().nodes().stream()
                                .filter(NodeStatus::isAlive)
                                .count()
                        >= nodes.size());
        return this;
    }

    private void start(String name) throws IOException {
        IpAddress address = IpAddress.of("127.0.1." + (runtimes.size() + 1));
        InProcessRuntime runtime = new InProcessRuntime(images, address);
        runtimes.put(name, runtime);
        open.push(runtime::close);
        start(name, address, runtime);
    }

    /** The node's agent ends and begins again with another key, as after its state was lost. */
    void startWithAnotherKey(String name) throws IOException {
        NodeStatus before = inventory().nodes().stream()
                .filter(node -> node.info().id().value().equals(name))
                .findFirst()
                .orElseThrow();
        nodes.remove(name).close();
        keys.remove(name);
        start(name, before.info().address(), runtimes.get(name));
        Eventually.holds(
                "the other key is known",
                () -> inventory().nodes().stream()
                        .anyMatch(node -> node.info().agent().key().equals(Optional.of(key(name)))));
    }

    private NodeKey key(String name) {
        return NodeKey.of(keys.get(name).recipient().value());
    }

    private void start(String name, IpAddress address, InProcessRuntime runtime) throws IOException {
        keys.putIfAbsent(name, AgeIdentity.generate());
        InProcessMesh own = hub.connect();
        JsonFleetCodec codec = new JsonFleetCodec();
        Fleet ownFleet = new Fleet(own, codec);
        Node node = new Node(
                NodeId.of(name),
                () -> info(name, address),
                Drivers.of(new ContainerDriver(runtime, address, System::nanoTime)),
                new DesiredStateStore(folder.resolve(name), codec),
                NodeSecrets.of(
                        NodeId.of(name),
                        () -> Optional.of(new AgeUnsealing(keys.get(name))),
                        new SealedSecretStore(folder.resolve(name + "-sealed"), codec),
                        ownFleet.sealedSecrets()),
                own,
                ownFleet,
                new NodeSettings(Duration.ofMillis(50)),
                _ -> {});
        node.start();
        Running running = new Running(node, own);
        nodes.put(name, running);
        open.push(running::close);
    }

    /** Ends a node's agent; nobody misses it yet. */
    void end(String name) {
        nodes.remove(name).close();
    }

    /** Ends a node's agent, and lets so much time pass that its work moves where it may. The other nodes go on. */
    void lose(String name) {
        end(name);
        pass(Duration.ofMinutes(3));
    }

    /** Ends a node's agent, and lets so much time pass that it counts as lost, but its work does not move yet. */
    void missForAMoment(String name) {
        end(name);
        pass(Duration.ofMinutes(1));
    }

    /** Lets time pass; whoever runs is connected. */
    void pass(Duration time) {
        passed = passed.plus(time);
    }

    /** Starts the agent of a lost node again; what it ran still runs. */
    void comesBack(String name) throws IOException {
        IpAddress address = inventory().nodes().stream()
                .filter(node -> node.info().id().value().equals(name))
                .map(node -> node.info().address())
                .findFirst()
                .orElseThrow();
        start(name, address, runtimes.get(name));
        Eventually.holds(
                "the node is back",
                () -> fleet.inventory().nodes().stream()
                        .filter(NodeStatus::isAlive)
                        .anyMatch(node -> node.info().id().equals(NodeId.of(name))));
    }

    Deployer deployer(DeployProgress progress) {
        return deployer(TIMEOUT, progress);
    }

    Deployer deployer(Duration timeout, DeployProgress progress) {
        return new Deployer(fleet, journals, ALICE, terms(timeout, progress), secrets);
    }

    Deployer deployer() {
        return deployer(new Recorded());
    }

    /** Nobody passes requests on here. */
    private static ApplyTerms terms(Duration timeout, DeployProgress progress) {
        return ApplyTerms.careful(timeout, progress).noticedAfter(Duration.ZERO);
    }

    /** Plans and applies by itself, past the deployer. */
    FleetInterpret interpret(Duration timeout) {
        return interpret(timeout, new PlacementLock(fleet, ALICE));
    }

    /** The same, by another clock. */
    FleetInterpret interpret(Duration timeout, InstantSource wall) {
        return interpret(
                timeout,
                new PlacementLock(
                        fleet,
                        ALICE,
                        new PlacementLock.Clocks(wall, System::nanoTime, new Random(), Duration.ofMillis(10))));
    }

    private FleetInterpret interpret(Duration timeout, PlacementLock lock) {
        if (!(journals.open(WEBSITE, ALICE) instanceof Journals.Opening.Opened(Journal journal))) {
            throw new AssertionError("somebody has the journal open");
        }
        open.push(journal::close);
        return new FleetInterpret(fleet, journal, lock, terms(timeout, new Recorded()), secrets);
    }

    Planning<FleetPlan> planning(Deployment<?> deployment) {
        try {
            return FleetPlanner.of(fleet, journals.read(deployment.name()), secrets)
                    .plan(deployment, fleet.inventory());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    FleetPlan plan(Deployment<?> deployment) {
        return switch (planning(deployment)) {
            case Planning.Planned<FleetPlan>(FleetPlan plan) -> plan;
            case Planning.Impossible<FleetPlan>(var cause) -> throw new AssertionError(cause);
        };
    }

    /** A web site of so many replicas, whose smoke test looks for a text. */
    Deployment<ContainerRuntime> website(int version, int replicas, String contains) {
        ContainerService web = service("web", version, replicas, port);
        return Deployment.named(WEBSITE).on(home()).runs(web).provenBy(smoke(web, contains));
    }

    /** A web site that must not run twice. */
    Deployment<ContainerRuntime> stateful() {
        ContainerService web = service("web", 1, 1, port).onLoss(new LossPolicy.Stays());
        return Deployment.named(WEBSITE).on(home()).runs(web).provenBy(smoke(web, "Welcome"));
    }

    Deployment<ContainerRuntime> website(int version, int replicas) {
        return website(version, replicas, "Welcome to version " + version);
    }

    static Topology<ContainerRuntime> home() {
        return Topology.of(TopologyName.of("home"), ContainerRuntime.class, Site.of("home"));
    }

    static HttpSmokeTest smoke(ContainerService service, String contains) {
        return HttpSmokeTest.of(service, HttpPath.of("/"), contains).within(Duration.ofSeconds(4));
    }

    static ContainerService service(String name, int version, int replicas, int port) {
        return ContainerService.named(ServiceName.of(name))
                .image(image("web:" + version))
                .publishes(Port.of(port))
                .probedAt(HttpPath.of("/"))
                .memoryLimit(Memory.mebibytes(64))
                .replicas(Replicas.of(replicas));
    }

    static ImageReference image(String nameAndTag) {
        return ImageReference.of("registry.internal/" + nameAndTag);
    }

    /** What a node will be told. */
    DesiredState desired(NodeChange change) {
        return new DesiredState(change.node().info().id(), WEBSITE, change.to().resources());
    }

    Inventory inventory() {
        return fleet.inventory();
    }

    Bucket bucket(String name) {
        return mesh.bucket(new BucketName(name));
    }

    private NodeInfo info(String name, IpAddress address) {
        return new NodeInfo(
                        NodeId.of(name),
                        new Location(SiteName.of("home"), FailureDomain.of(name)),
                        address,
                        new NodeInfo.Machine(
                                Architecture.AMD64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                        NodeInfo.Agent.of(
                                "0.1.0",
                                Set.of(
                                        CapabilityName.of(ContainerRuntime.class),
                                        CapabilityName.of(SecretStore.class),
                                        CapabilityName.of(VolumeStore.class))))
                .with(keyless.contains(name) ? Optional.empty() : Optional.of(key(name)));
    }

    static int freePort() {
        return FreePort.at(IpAddress.of("127.0.1.1").address());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
        mesh.close();
    }
}
