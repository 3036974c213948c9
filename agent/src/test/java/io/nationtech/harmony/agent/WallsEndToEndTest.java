package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.Programs.podman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAccess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container that was broken into tries what it can, on a machine with two agents and the server of an open mesh at all of its addresses. */
class WallsEndToEndTest {
    private static final DeploymentName ATTACKER = DeploymentName.of("attacker");
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final ContainerName WEB = ContainerName.of("web");
    private static final Port PUBLISHED = Port.of(18_080);
    private static final int NODES = 2;

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final NatsServer server = NatsServer.start();
    private final int mesh = URI.create(server.url()).getPort();
    private final List<RunningAgent> agents = new ArrayList<>();
    private Site site;

    @BeforeEach
    void begin() throws Exception {
        server.kill();
        server.restartWith("listen: \"0.0.0.0:%d\"".formatted(mesh));
        site = new Site(server, NatsAccess.OPEN);
        TrialContainers.makeImages(Files.createDirectory(folder.resolve("image")));
        for (int number = 1; number <= NODES; number++) {
            Programs.must("ip", "address", "replace", address(number) + "/32", "dev", "lo");
            agents.add(RunningAgent.onPodman(
                    site, node(number), address(number), folder.resolve("state-" + number), Map.of()));
        }
        for (RunningAgent agent : agents) {
            agent.await("Registered");
        }
        tell(1, ATTACKER, List.of());
        tell(1, SHOP, List.of(new PublishedPort(PUBLISHED, Port.of(80))));
        tell(2, SHOP, List.of(new PublishedPort(PUBLISHED, Port.of(80))));
    }

    @AfterEach
    void end() {
        agents.forEach(RunningAgent::close);
        for (int number = 1; number <= NODES; number++) {
            for (DeploymentName deployment : List.of(ATTACKER, SHOP)) {
                podman("rm", "--force", "--ignore", "--time", "0", container(number, deployment));
                podman("network", "rm", "--force", network(number, deployment));
            }
            Programs.run("nft", "delete", "table", "inet", "harmony-" + node(number));
            Programs.run("ip", "address", "delete", address(number) + "/32", "dev", "lo");
        }
        site.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void itReachesWhatOthersPublishAndNeitherTheMeshNorTheRest() {
        List<String> published = List.of(address(1) + " " + PUBLISHED, address(2) + " " + PUBLISHED);
        List<String> closed = List.of(
                gateway(1, ATTACKER) + " " + mesh,
                gateway(1, SHOP) + " " + mesh,
                address(1) + " " + mesh,
                address(2) + " " + mesh,
                own(1, SHOP) + " 80",
                own(2, SHOP) + " 80");
        published.forEach(this::awaitReached);

        // What it did before there were walls: tell a node what to run.
        String document =
                "{\"version\":1,\"node\":\"%s\",\"deployment\":\"owned\",\"resources\":[]}".formatted(node(1));
        for (String at : List.of(closed.get(0), closed.get(2))) {
            String said = told(
                    "printf 'CONNECT {\"verbose\":false}\\r\\nPUB $KV.desired-state.%s.owned %d\\r\\n%s\\r\\nPING\\r\\n'"
                            .formatted(node(1), document.length(), document.replace("\"", "\\\"")),
                    at);
            assertEquals("", said, at);
        }
        assertTrue(site.bucket("desired-state")
                .get(Key.of(node(1).value(), "owned"))
                .isEmpty());
        closed.forEach(at -> assertEquals("", told("true", at), at));

        // The same ways without walls, which are up again at the agent's next look.
        for (String at : closed) {
            Eventually.holds("without walls it reaches " + at, () -> {
                Programs.run("nft", "flush", "table", "inet", "harmony-" + node(1));
                Programs.run("nft", "flush", "table", "inet", "harmony-" + node(2));
                return !told("true", at).isEmpty();
            });
        }
        Eventually.holds(
                "the agent puts them up again",
                Duration.ofSeconds(100),
                () -> closed.stream().allMatch(at -> told("true", at).isEmpty()));
        assertTrue(
                agents.getFirst().output().contains("Somebody changed or removed the rules that keep containers apart"),
                agents.getFirst()::output);
        published.forEach(this::awaitReached);
    }

    /** Where podman is, and nft is not. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aNodeWithoutNftStartsNothingAndSaysWhatItLacks() throws Exception {
        NodeId bare = node(3);
        agents.add(
                RunningAgent.onPodman(site, bare, address(1), folder.resolve("state-3"), Map.of("PATH", "/usr/bin")));
        agents.getLast().await("Registered");
        site.tell(bare, TrialContainers.IMAGE);

        site.awaitState(bare, Convergence.Failed.class::isInstance);

        String status = new CommandLineProcess(folder.resolve("person"), server.url())
                .run("status", Site.DEPLOYMENT.value())
                .out();
        System.out.println(status);
        assertTrue(status.contains("the walls between containers cannot be put up: there is no program 'nft'"), status);
        assertTrue(status.contains("apt install nftables"), status);
        assertEquals(0, TrialContainers.process(bare));
        assertTrue(agents.getLast().isAlive());
    }

    private void awaitReached(String at) {
        Eventually.holds("the shop is reached at " + at, () -> told("true", at).equals("shop\n"));
    }

    /** What the attacker is told by whoever listens there, after it wrote what a line of shell writes. */
    private String told(String writing, String at) {
        return podman(
                "exec",
                container(1, ATTACKER),
                "/bin/busybox",
                "sh",
                "-c",
                "{ %s; busybox sleep 1; } | busybox timeout 3 busybox nc %s 2>/dev/null".formatted(writing, at));
    }

    private void tell(int number, DeploymentName deployment, List<PublishedPort> ports) {
        Container container =
                Container.of(WEB, TrialContainers.IMAGE, Memory.mebibytes(64)).with(new Container.Network(ports));
        Container shop = container.with(container
                .execution()
                .with(Program.DEFAULT.entrypoint(Arguments.of(
                        "/bin/busybox", "nc", "-ll", "-p", "80", "-e", "/bin/busybox", "echo", deployment.value()))));
        site.fleet().desiredStates().tell(new DesiredState(node(number), deployment, List.of(shop)), Optional.empty());
        Eventually.holds(
                "%s runs on %s".formatted(deployment, node(number)),
                () -> podman("ps", "--quiet", "--filter", "name=^%s$".formatted(container(number, deployment)))
                                .length()
                        > 1);
    }

    private NodeId node(int number) {
        return NodeId.of("w%d-%s".formatted(number, run));
    }

    private static String address(int number) {
        return "192.0.2." + number;
    }

    private String network(int number, DeploymentName deployment) {
        return "harmony-%s.%s".formatted(node(number), deployment);
    }

    private String container(int number, DeploymentName deployment) {
        return "%s.%s".formatted(network(number, deployment), WEB);
    }

    private String gateway(int number, DeploymentName deployment) {
        return podman(
                        "network",
                        "inspect",
                        "--format",
                        "{{range .Subnets}}{{.Gateway}}{{end}}",
                        network(number, deployment))
                .strip();
    }

    private String own(int number, DeploymentName deployment) {
        return podman(
                        "inspect",
                        "--format",
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                        container(number, deployment))
                .strip();
    }
}
