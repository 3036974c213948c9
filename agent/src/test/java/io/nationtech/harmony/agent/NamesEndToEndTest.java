package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.podman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The names of a site, every part a process of its own: two agents with a knot each, one with an unbound, a service that moves, and a power cut
 * without a mesh.
 */
class NamesEndToEndTest {
    private static final int NODES = 2;
    private static final int PORT = 18_745;
    private static final String IMAGE = "localhost/harmony-agent-named:1";

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Site site = new Site();
    private final List<RunningAgent> agents = new ArrayList<>();
    private CommandLineProcess harmony;

    @BeforeEach
    void begin() throws Exception {
        harmony = new CommandLineProcess(folder.resolve("person"), site.server().url());
        makeImage(folder.resolve("image"));
        IntStream.rangeClosed(1, NODES).forEach(number -> agents.add(agent(number)));
        for (RunningAgent agent : agents) {
            agent.await("Registered");
        }
    }

    private RunningAgent agent(int number) {
        return RunningAgent.onPodman(site, node(number), address(number), folder.resolve("state-" + number), Map.of());
    }

    @AfterEach
    void end() throws IOException {
        agents.forEach(RunningAgent::close);
        endServers();
        IntStream.rangeClosed(1, NODES)
                .forEach(number -> podman("rm", "--force", "--ignore", "--time", "0", container(number)));
        podman("rmi", "--force", IMAGE);
        site.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void namesFollowServicesAndOutliveThePower() throws Exception {
        CommandLineProcess.Said named = assertSaid(
                0, harmony.run("deploy", names(folder.resolve("names")).toString()));
        System.out.println(named.out());
        for (int number = 1; number <= NODES; number++) {
            assertEquals(List.of("192.0.2.7"), dig(address(number), "-p", "5300", "nas.home.example"));
            assertEquals(
                    List.of(node(1) + ".ns.home.example.", node(2) + ".ns.home.example."),
                    dig(address(number), "-p", "5300", "home.example", "NS"));
        }
        int resolver = IntStream.rangeClosed(1, NODES)
                .filter(number -> answers(address(number)))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("192.0.2.7"), dig(address(resolver), "nas.home.example"));

        Path shop = shop(folder.resolve("shop"));
        assertSaid(0, harmony.run("deploy", shop.toString()));
        int first = IntStream.rangeClosed(1, NODES)
                .filter(number -> isRunning(container(number)))
                .findFirst()
                .orElseThrow();
        awaitShop(resolver, first);
        System.out.println(assertSaid(0, harmony.run("status")).out());

        int second = NODES + 1 - first;
        assertSaid(0, harmony.run("node", "drain", node(first).value()));
        assertSaid(0, harmony.run("deploy", shop.toString()));
        awaitShop(resolver, second);

        agents.forEach(RunningAgent::close);
        site.server().kill();
        assertEquals(List.of(address(second)), dig(address(resolver), "web.shop.home.example"), "without any agent");
        endServers();
        forgetWhatIsInMemory();
        agents.clear();
        IntStream.rangeClosed(1, NODES).forEach(number -> agents.add(agent(number)));
        Eventually.holds("an answer after the power cut", () -> answers(address(resolver)));
        Eventually.holds(
                "the zone after the power cut",
                () -> dig(address(resolver), "nas.home.example").equals(List.of("192.0.2.7")));
        awaitShop(resolver, second);
    }

    private void awaitShop(int resolver, int node) {
        Eventually.holds(
                "the shop on node " + node,
                () -> dig(address(resolver), "web.shop.home.example").equals(List.of(address(node))));
    }

    private static boolean answers(String address) {
        return run(List.of("kdig", "@" + address, "+time=1", "+retry=0", "nas.home.example"))
                .contains("status: ");
    }

    private static List<String> dig(String address, String... question) {
        return run(Stream.concat(Stream.of("kdig", "@" + address, "+short", "+time=2", "+retry=0"), Stream.of(question))
                        .toList())
                .lines()
                .sorted()
                .toList();
    }

    private static String run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), () -> "no end of " + words);
            return said;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Of these nodes, and of no other. */
    private Stream<Path> servers() {
        return Stream.of("dns-zone", "dns-resolver")
                .map(kind -> Path.of("/run/harmony", kind))
                .flatMap(kind -> IntStream.rangeClosed(1, NODES)
                        .mapToObj(number -> kind.resolve(node(number).value())))
                .filter(Files::isDirectory);
    }

    private void endServers() throws IOException {
        for (Path server : servers().toList()) {
            Path pid = server.resolve("run/pid");
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit()
                            .orTimeout(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)
                            .join();
                });
            }
        }
    }

    private void forgetWhatIsInMemory() throws IOException {
        for (Path server : servers().toList()) {
            try (Stream<Path> files = Files.walk(server)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void makeImage(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"));
        Files.writeString(scratch.resolve("index.html"), "Welcome\n");
        Files.writeString(scratch.resolve("Containerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY index.html /srv/index.html
                STOPSIGNAL KILL
                CMD ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/srv"]
                """);
        Programs.buildImage(IMAGE, scratch);
    }

    /** Each node answers for the zone, and one looks up all names. */
    private static Path names(Path folder) throws IOException {
        return DeploymentJar.of(
                folder,
                "names",
                "module names { requires io.nationtech.harmony.resolver; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with names.Names; }",
                """
                package names;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;
                import io.nationtech.harmony.resolver.*;

                public final class Names implements DeploymentModule {
                    interface Home extends ContainerRuntime, DnsServer, DnsResolver {}

                    @Override
                    public Deployment<Home> deployment() {
                        var zone = DnsZone.of(
                                        ServiceName.of("home"),
                                        DnsName.of("home.example"),
                                        new DnsRecord.Address(DnsName.of("nas.home.example"), IpAddress.of("192.0.2.7")))
                                .follows(DeploymentName.of("shop"))
                                .answeredAt(Port.of(5300));
                        var resolver = Resolver.named(ServiceName.of("resolver"))
                                .answers(Cidr.of("127.0.0.0/8"))
                                .forwardsOverTls(new Upstream.TlsServer(IpAddress.of("9.9.9.9"), DnsName.of("dns.quad9.net")))
                                .hands(zone);
                        return Deployment.named(DeploymentName.of("names"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(zone.with(new EveryNode()))
                                .runs(resolver)
                                .provenBy(HealthSmokeTest.of(resolver));
                    }
                }
                """);
    }

    private static Path shop(Path folder) throws IOException {
        return DeploymentJar.of(
                folder,
                "shop",
                "module shop { requires io.nationtech.harmony.domain; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with shop.Shop; }",
                """
                package shop;

                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.node.PublishedPort;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;

                public final class Shop implements DeploymentModule {
                    interface Home extends ContainerRuntime {}

                    @Override
                    public Deployment<Home> deployment() {
                        var web = ContainerService.named(ServiceName.of("web"))
                                .image(ImageReference.of("%1$s"))
                                .publishes(new PublishedPort(Port.of(%2$d), Port.of(80)))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64));
                        return Deployment.named(DeploymentName.of("shop"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(web)
                                .provenBy(HttpSmokeTest.of(web, HttpPath.of("/"), "Welcome"));
                    }
                }
                """.formatted(IMAGE, PORT));
    }

    private NodeId node(int number) {
        return NodeId.of("s%d-%s".formatted(number, run));
    }

    private static String address(int number) {
        return "127.89.0." + number;
    }

    private String container(int number) {
        return "harmony-%s.shop.web".formatted(node(number));
    }

    private static boolean isRunning(String container) {
        return podman("ps", "--filter", "name=" + container, "--format", "{{.Names}}")
                .contains(container);
    }
}
