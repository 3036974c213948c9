package io.nationtech.harmony.cli;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.hardware.Device;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.Hardware;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.InstructionSet;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceKinds;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.driver.DriverProvider;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.driver.ResourceDriver;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Sha256;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.FreePort;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.node.DesiredStateStore;
import io.nationtech.harmony.node.Drivers;
import io.nationtech.harmony.node.Node;
import io.nationtech.harmony.node.NodeSettings;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real mesh and three nodes in this process whose containers are web servers in this process, so that a deploy takes no time. */
final class QuickLab implements AutoCloseable {
    /** The node that has share {@code photos}. */
    private static final NodeId SHARING = NodeId.of("node-2");

    private static final ShareName PHOTOS = ShareName.of("photos");

    final NatsServer server = NatsServer.start();
    final Images images = new Images();
    final Map<String, InProcessRuntime> runtimes = new TreeMap<>();
    private final Map<String, Running> nodes = new TreeMap<>();
    private final Path folder;
    private int copies;
    private final List<DriverProvider> drivers;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private QuickLab(Path folder, List<DriverProvider> drivers) {
        this.folder = folder;
        this.drivers = drivers;
        open.push(server);
    }

    static QuickLab begin(Path folder) throws IOException {
        return begin(folder, List.of());
    }

    /** One whose nodes have these drivers too. */
    static QuickLab begin(Path folder, List<DriverProvider> drivers) throws IOException {
        QuickLab lab = new QuickLab(folder, drivers);
        for (int version = 1; version <= 2; version++) {
            lab.images.serve(ImageReference.of("registry.internal/web:" + version), "Welcome to version " + version);
        }
        for (int node = 1; node <= 3; node++) {
            lab.start(node);
        }
        Eventually.holds(
                "three nodes are listed",
                () -> lab.typed("node", "list").out().lines().count() == 4);
        return lab;
    }

    private void start(int number) throws IOException {
        NodeId id = NodeId.of("node-" + number);
        IpAddress address = IpAddress.of("127.78.0." + number);
        InProcessRuntime runtime = new InProcessRuntime(images, address);
        runtimes.put(id.value(), runtime);
        open.push(runtime);
        start(id, address, runtime);
    }

    private void start(NodeId id, IpAddress address, InProcessRuntime runtime) throws IOException {
        nodes.put(id.value(), start(id, address, runtime, folder.resolve(id.value()), run("board of " + id)));
    }

    /** Of the one machine of this model. */
    private static AgentRun run(String model) {
        return new AgentRun(
                Sha256.hex(model).substring(0, 16),
                "%016x".formatted(ThreadLocalRandom.current().nextLong()),
                Instant.now(),
                model);
    }

    /** Another machine begins with a copy of a node's card. */
    InProcessRuntime copy(String id) throws IOException {
        IpAddress address = IpAddress.of("127.78.0." + (9 + copies));
        InProcessRuntime runtime = new InProcessRuntime(images, address);
        open.push(runtime);
        Path card = Files.createDirectory(folder.resolve("copy-%d-of-%s".formatted(copies, id)));
        if (Files.exists(folder.resolve(id))) {
            try (Stream<Path> files = Files.list(folder.resolve(id))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, card.resolve(file.getFileName()));
                }
            }
        }
        Running _ =
                start(NodeId.of(id), address, runtime, card, run(copies == 0 ? "another board" : "yet another board"));
        copies++;
        return runtime;
    }

    /** A node's agent, and its connection. */
    private record Running(Node node, NatsMesh mesh) implements AutoCloseable {
        @Override
        public void close() {
            node.close();
            mesh.close();
        }
    }

    private Running start(NodeId id, IpAddress address, InProcessRuntime runtime, Path card, AgentRun run)
            throws IOException {
        NatsMesh mesh = NatsMesh.connectInBackground(NatsOptions.of(NatsAddress.parse(server.url()), id.value()));
        Drivers all =
                Drivers.of(Stream.concat(Stream.of(new ContainerDriver(runtime, address, System::nanoTime)), more(id))
                        .toList());
        JsonFleetCodec codec = new JsonFleetCodec(ResourceKinds.of(all.kinds()));
        Node node = new Node(
                new NodeInfo(
                                id,
                                new Location(SiteName.of("home"), FailureDomain.of(id.value())),
                                address,
                                new NodeInfo.Machine(
                                                Architecture.AMD64,
                                                1,
                                                Memory.gibibytes(8),
                                                "Debian GNU/Linux 13 (trixie)")
                                        .sharing(id.equals(SHARING) ? Set.of(PHOTOS) : Set.of()),
                                NodeInfo.Agent.of(
                                        "test",
                                        all.offers().stream()
                                                .map(CapabilityName::of)
                                                .collect(Collectors.toSet())))
                        .knowing(all.kinds().stream()
                                .collect(Collectors.toMap(
                                        ResourceKind::name,
                                        kind -> RecordForm.of(kind.type()).newestVersion())))
                        .by(run),
                all,
                new DesiredStateStore(card, codec),
                mesh,
                new Fleet(mesh, codec),
                new NodeSettings(Duration.ofMillis(200)),
                _ -> {});
        node.start();
        Running running = new Running(node, mesh);
        open.push(running);
        return running;
    }

    private Stream<ResourceDriver<?>> more(NodeId id) {
        NodeContext context = new NodeContext(
                id,
                state(id.value()),
                folder.resolve("run-" + id),
                _ -> Optional.empty(),
                InstantSource.system(),
                System::nanoTime);
        return drivers.stream().flatMap(provider -> provider.driver(context).stream());
    }

    /** Where a node's drivers keep what outlives a restart. */
    Path state(String id) {
        return folder.resolve("state-" + id);
    }

    /** A node tells of a device that it has. */
    void tellsHardware(String id, Device device) {
        nodes.get(id)
                .node()
                .tell(new HardwareReport(
                        NodeId.of(id),
                        Generation.first(),
                        new Location(SiteName.of("home"), FailureDomain.of(id)),
                        Hardware.least(InstructionSet.X86_64_V3, 1, Memory.gibibytes(8))
                                .with(device),
                        List.of()));
        Eventually.holds(
                "the hardware is known",
                () -> typed("node", "show", id).out().contains(device.path().value()));
    }

    /** Ends a node's agent; what it ran goes on. */
    void kill(String id) {
        nodes.remove(id).close();
    }

    /** Waits until a node that was killed counts as lost. */
    void awaitLost(String id) {
        Eventually.holds(
                id + " is lost",
                Duration.ofSeconds(40),
                () -> typed("node", "show", id).out().contains("lost, "));
    }

    /** Starts the agent of a node again. */
    void restart(String id) throws IOException {
        IpAddress address = IpAddress.of("127.78.0." + id.substring("node-".length()));
        start(NodeId.of(id), address, runtimes.get(id));
    }

    Typed typed(String... arguments) {
        return Typed.command(Stream.concat(Stream.of(arguments), Stream.of("--mesh", server.url()))
                .toArray(String[]::new));
    }

    /** A module that deploys a version of a web site, one replica on so many nodes. */
    Path module(String deployment, int version, int replicas, int port) {
        return module(deployment, version, replicas, port, "");
    }

    /**
     * @param before code that runs when the deployment is made
     */
    Path module(String deployment, int version, int replicas, int port, String before) {
        return module(deployment, version, replicas, port, before, "");
    }

    /**
     * @param terms more calls on the service, as in {@code .needs(Tpm.v2())}
     */
    Path module(String deployment, int version, int replicas, int port, String before, String terms) {
        return running("web", deployment, version, replicas, port, before, terms);
    }

    /** A module whose one replica reads share {@code photos}. */
    Path sharing(String deployment, int port) {
        return running(
                "web.shares(MountedShare.readOnly(ShareName.of(\"photos\"), MountPath.of(\"/media\")))",
                deployment,
                1,
                1,
                port,
                "",
                "");
    }

    /** Makes the share be there. */
    void mount() {
        runtimes.get(SHARING.value()).mount(PHOTOS);
    }

    /** Takes it away. */
    void unmount() {
        runtimes.get(SHARING.value()).unmount(PHOTOS);
    }

    /** A module whose one replica keeps volume {@code orders}. */
    Path keeping(String deployment, int version, int port) {
        return running(
                "web.volumes(Volume.of(DataName.of(\"orders\"), MountPath.of(\"/var/lib/shop\")))",
                deployment,
                version,
                1,
                port,
                "",
                "");
    }

    /**
     * A module whose web site has a job beside it.
     *
     * @param trigger as in {@code .once()}
     */
    Path withJob(String deployment, int version, int port, String trigger) {
        return running("""
                web)
                                .runs(io.nationtech.harmony.domain.score.Job.named(ServiceName.of("migrate"))
                                        .image(ImageReference.of("registry.internal/web:%d"))
                                        %s
                                        .memoryLimit(Memory.mebibytes(64))""".formatted(version, trigger), deployment, version, 1, port, "", "");
    }

    private Path running(
            String score, String deployment, int version, int replicas, int port, String before, String terms) {
        return running(folder, score, deployment, version, replicas, port, before, terms);
    }

    /**
     * A module in a folder of one's own, for whoever has another mesh.
     *
     * @param replicas each on a node of its own
     */
    static Path module(Path folder, String deployment, int version, int replicas, int port) {
        return running(folder, "web", deployment, version, replicas, port, "", "");
    }

    private static Path running(
            Path folder,
            String score,
            String deployment,
            int version,
            int replicas,
            int port,
            String before,
            String terms) {
        String name = name(deployment, version);
        String source = """
                package %1$s;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.hardware.*;
                import io.nationtech.harmony.domain.node.MountedShare;
                import io.nationtech.harmony.domain.node.Volume;
                import io.nationtech.harmony.domain.placement.*;
                import io.nationtech.harmony.domain.score.ContainerService;
                import io.nationtech.harmony.domain.value.*;

                public final class Site implements DeploymentModule {
                    interface Home extends ContainerRuntime, VolumeStore, FolderShares {}

                    @Override
                    public Deployment<Home> deployment() {
                        %6$s
                        var web = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("registry.internal/web:%3$d"))
                                .publishes(Port.of(%5$d))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64))
                                .replicas(Replicas.of(%4$d))%7$s;
                        return Deployment.named(DeploymentName.of("%2$s"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, io.nationtech.harmony.domain.Site.of("home")))
                                .runs(%8$s)
                                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "version %3$d"));
                    }
                }
                """.formatted(name, deployment, version, replicas, port, before, terms, score);
        String module =
                "module %1$s { requires io.nationtech.harmony.domain; provides io.nationtech.harmony.domain.DeploymentModule with %1$s.Site; }"
                        .formatted(name);
        Path classes =
                new Workshop(folder.resolve("sources")).compile(name, module, Map.of(name + "/Site.java", source));
        return Workshop.jar(classes, jar(folder, deployment, version));
    }

    Path jar(String deployment, int version) {
        return jar(folder, deployment, version);
    }

    private static Path jar(Path folder, String deployment, int version) {
        return folder.resolve("jars-%1$s/%1$s.jar".formatted(name(deployment, version)));
    }

    static String name(String deployment, int version) {
        return "version%dof%s".formatted(version, deployment);
    }

    static int freePort() {
        return FreePort.at(IpAddress.of("127.78.0.1").address());
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
