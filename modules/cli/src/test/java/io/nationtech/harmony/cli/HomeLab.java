package io.nationtech.harmony.cli;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
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
import io.nationtech.harmony.podman.NodeShares;
import io.nationtech.harmony.podman.PodmanRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real mesh, a real registry with the web site's image, and three nodes in this process that run real containers. */
final class HomeLab implements AutoCloseable {
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");

    private final Path folder;
    private final NatsServer server = NatsServer.start();
    private final Process registry;
    private final Map<String, Running> nodes = new TreeMap<>();

    private record Running(NatsMesh mesh, Node node) {}

    private HomeLab(Path folder) {
        this.folder = folder;
        this.registry = startRegistry(folder);
    }

    static HomeLab begin(Path folder) {
        HomeLab lab = new HomeLab(folder);
        NODES.forEach(lab::beginAgent);
        return lab;
    }

    String mesh() {
        return server.url();
    }

    /** A node begins, with what it kept on disk. */
    void beginAgent(String name) {
        NodeId id = NodeId.of(name);
        IpAddress address = IpAddress.of("127.77.0." + name.substring("node-".length()));
        NatsMesh mesh = NatsMesh.connectInBackground(NatsOptions.of(NatsAddress.parse(server.url()), name));
        JsonFleetCodec codec = new JsonFleetCodec();
        Node node = new Node(
                info(id, address),
                Drivers.of(new ContainerDriver(
                        new PodmanRuntime(id, Optional.of(address), NodeShares.NONE, folder.resolve(name), Set::of),
                        address,
                        System::nanoTime)),
                new DesiredStateStore(folder.resolve(name), codec),
                mesh,
                new Fleet(mesh, codec),
                new NodeSettings(Duration.ofSeconds(10)),
                _ -> {});
        try {
            node.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nodes.put(name, new Running(mesh, node));
    }

    static NodeInfo info(NodeId id, IpAddress address) {
        return info(id, address, Set.of(CapabilityName.of(ContainerRuntime.class)));
    }

    static NodeInfo info(NodeId id, IpAddress address, Set<CapabilityName> offers) {
        return new NodeInfo(
                id,
                new Location(SiteName.of("home"), FailureDomain.of(id.value())),
                address,
                new NodeInfo.Machine(Architecture.AMD64, 1, Memory.gibibytes(1), "Debian GNU/Linux 13 (trixie)"),
                NodeInfo.Agent.of("test", offers));
    }

    /** A node's agent ends; its containers go on. */
    void endAgent(String name) {
        Running running = nodes.remove(name);
        running.node().close();
        running.mesh().close();
    }

    /** What the addresses in a command's result serve. */
    Stream<String> pages(String result) {
        return result.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("http://"))
                .map(HomeLab::fetch);
    }

    private static String fetch(String page) {
        try (var stream = URI.create(page).toURL().openStream()) {
            return new String(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The containers of this lab's nodes, running or not. */
    String containers() {
        return NODES.stream()
                .map(node -> run("podman", "ps", "-aq", "--filter", "label=harmony.node=" + node))
                .reduce("", String::concat);
    }

    @Override
    public void close() {
        List.copyOf(nodes.keySet()).forEach(this::endAgent);
        containers().lines().forEach(id -> run("podman", "rm", "-f", "-t", "0", id));
        run("podman", "image", "rm", "--ignore", "--force", "registry.internal/website:1");
        registry.destroy();
        registry.onExit().join();
        server.close();
    }

    private static Process startRegistry(Path folder) {
        try {
            int port = FreePort.at(InetAddress.getLoopbackAddress());
            Path configuration = Files.writeString(folder.resolve("registry.yml"), """
                    version: 0.1
                    storage: {filesystem: {rootdirectory: %s/images}}
                    http: {addr: "127.0.0.1:%d"}
                    """.formatted(folder, port));
            Process registry = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("registry.log").toFile())
                    .start();
            Eventually.holds("the registry listens on " + port, () -> accepts(port));
            Files.writeString(Path.of(System.getenv("CONTAINERS_REGISTRIES_CONF")), """
                    [[registry]]
                    prefix = "registry.internal"
                    location = "127.0.0.1:%d"
                    insecure = true
                    """.formatted(port));
            run(
                    Path.of(System.getProperty("harmony.project"), "modules/website-deploy/image/push")
                            .toString(),
                    "127.0.0.1:" + port);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), output));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
