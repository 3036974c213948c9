package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.podman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.secrets.contract.Leak;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name of the site, every part a process of its own: authority, deploy, three agents with containers and proxies, visitors who never
 * pause while the replicas are exchanged and one of them moves, and another deployment that uses the service meanwhile.
 */
class IngressEndToEndTest {
    private static final int NODES = 3;

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Site site = new Site();
    private final List<RunningAgent> agents = new ArrayList<>();
    private CommandLineProcess harmony;

    @BeforeEach
    void begin() throws Exception {
        harmony = new CommandLineProcess(folder.resolve("person"), site.server().url());
        for (int version = 1; version <= 2; version++) {
            Shop.makeImage(folder.resolve("image-" + version), version);
        }
        for (int number = 1; number <= NODES; number++) {
            agents.add(RunningAgent.onPodman(
                    site, node(number), address(number), folder.resolve("state-" + number), Map.of()));
        }
        for (RunningAgent agent : agents) {
            agent.await("Registered");
        }
    }

    @AfterEach
    void end() {
        harmony.run("withdraw", "reader");
        harmony.run("withdraw", "shop");
        agents.forEach(RunningAgent::close);
        IntStream.rangeClosed(1, NODES)
                .forEach(number -> podman(
                        "rm",
                        "--force",
                        "--ignore",
                        "--time",
                        "0",
                        container(number),
                        "harmony-%s.reader.reader".formatted(node(number))));
        podman("rmi", "--force", Shop.image(1), Shop.image(2));
        site.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void anUpdateAndAMoveDropNoRequest() throws Exception {
        assertSaid(0, harmony.given("", "secret", "key", "new"));
        Path first = Shop.module(folder.resolve("one"), 1);
        CommandLineProcess.Said early = assertSaid(1, harmony.run("plan", first.toString()));
        assertTrue(early.err().contains("site-ca"), early::toString);
        Certificate authority = certificate(assertSaid(0, harmony.given("", "ca", "create", "--domain", "home.example"))
                .out());
        CommandLineProcess.Said deployed = assertSaid(0, harmony.run("deploy", first.toString()));
        assertTrue(deployed.out().contains("https://%s/#%s".formatted(Shop.HOST, address(1))), deployed::toString);
        Path reading = Reader.module(folder.resolve("reading"), first, Shop.image(1));
        System.out.println(
                assertSaid(0, harmony.run("plan", reading.toString())).out());
        assertSaid(0, harmony.run("deploy", reading.toString()));
        String reader = podman("ps", "--quiet", "--no-trunc", "--filter", "name=[.]reader[.]reader$")
                .strip();
        awaitRead(reader, "Welcome to version 1");
        System.out.println(assertSaid(0, harmony.run("status")).out());

        try (Visitors visitors = new Visitors(authority, address(1))) {
            visitors.awaitMore(50);
            assertEquals(Set.of("Welcome to version 1"), visitors.pages());

            Path second = Shop.module(folder.resolve("two"), 2);
            assertSaid(0, harmony.run("deploy", second.toString()));
            visitors.awaitMore(50);
            report("after the update", visitors, 2);
            awaitRead(reader, "Welcome to version 2");
            assertEquals(Set.of("Welcome to version 1", "Welcome to version 2"), visitors.pages());

            int from = IntStream.rangeClosed(1, NODES)
                    .filter(number -> isRunning(container(number)))
                    .max()
                    .orElseThrow();
            assertSaid(0, harmony.run("node", "drain", node(from).value()));
            CommandLineProcess.Said moved = assertSaid(0, harmony.run("plan", second.toString()));
            System.out.println(moved.out());
            assertSaid(0, harmony.run("deploy", second.toString()));
            visitors.awaitMore(50);
            report("after the move", visitors, 3);
            assertTrue(!isRunning(container(from)), "the replica has moved");
        }
        awaitRead(reader, "Welcome to version 2");
        assertTrue(
                podman("ps", "--quiet", "--no-trunc").contains(reader),
                "whoever uses a service of another deployment is not made anew when that moves");
        CommandLineProcess.Said withdrawn = assertSaid(0, harmony.run("withdraw", "shop"));
        assertTrue(withdrawn.err().contains("deployment 'reader' uses [web.shop:80]"), withdrawn::toString);
        Eventually.holds(
                "nobody there", () -> podman("logs", "--tail", "1", reader).equals("nothing\n"));
        System.out.println(assertSaid(0, harmony.run("status")).out());
        Leak.of("PRIVATE KEY").absentFromFilesIn(folder.resolve("state-1"));
    }

    /** Waits until it has read that page, and nothing else, for a while. */
    private static void awaitRead(String reader, String page) {
        Eventually.holds("'%s', read by another deployment".formatted(page), () -> {
            List<String> newest = podman("logs", "--tail", "10", reader).lines().toList();
            return newest.size() == 10 && newest.stream().allMatch(page::equals);
        });
    }

    /** Each replica that was killed by then may have been in the middle of an answer. */
    private static void report(String when, Visitors visitors, int killed) {
        System.out.printf(
                "%s: %d requests, %d failed, %d cut%n",
                when, visitors.requests(), visitors.failures().size(), visitors.cut());
        assertEquals(List.of(), visitors.failures());
        assertTrue(visitors.cut() <= killed, "%d answers were cut".formatted(visitors.cut()));
    }

    private static Certificate certificate(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private NodeId node(int number) {
        return NodeId.of("s%d-%s".formatted(number, run));
    }

    private static String address(int number) {
        return "127.87.0." + number;
    }

    private String container(int number) {
        return "harmony-%s.shop.web".formatted(node(number));
    }

    private static boolean isRunning(String container) {
        return podman("ps", "--filter", "name=" + container, "--format", "{{.Names}}")
                .contains(container);
    }
}
