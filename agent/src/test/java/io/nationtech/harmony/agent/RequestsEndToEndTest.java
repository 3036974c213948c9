package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does in containers of podman, every part a process of its own, over a real server with TLS and logins. */
class RequestsEndToEndTest {
    @TempDir
    private Path folder;

    private final NodeId node =
            NodeId.of("asked-" + UUID.randomUUID().toString().substring(0, 8));
    private Site site;
    private CommandLineProcess harmony;
    private RunningAgent agent;

    @BeforeEach
    void begin() throws Exception {
        TrialContainers.makeImages(Files.createDirectory(folder.resolve("image")));
        Path person = folder.resolve("person");
        MeshFiles mesh = MeshFiles.create(new CommandLineProcess(person, "none"), folder.resolve("mesh"));
        Path operator = mesh.login("operator", "ada");
        site = new Site(mesh.server(), mesh.access(operator));
        harmony = new CommandLineProcess(person, site.url(), mesh.settings(operator));
        agent = RunningAgent.onPodman(
                site, node, "127.89.0.2", folder.resolve("state"), mesh.settings(mesh.login("node", node.value())));
        agent.await("Registered");
        Container container = Container.of(Site.CONTAINER, TrialContainers.IMAGE, Memory.mebibytes(64));
        site.fleet(operator)
                .desiredStates()
                .tell(
                        new DesiredState(
                                node,
                                Site.DEPLOYMENT,
                                List.of(container.with(
                                        container.execution().with(Stop.DEFAULT.within(Duration.ofSeconds(1)))))),
                        Optional.empty());
        site.awaitState(node, Convergence.Converged.class::isInstance);
    }

    @AfterEach
    void end() throws Exception {
        agent.close();
        TrialContainers.remove(node);
        Programs.run("nft", "delete", "table", "inet", "harmony-" + node);
        site.close();
    }

    private CommandLineProcess.Said exec(String input, String option, String... words) {
        return harmony.given(
                input,
                Stream.of(
                                Stream.of("exec", Site.DEPLOYMENT.value(), "--mesh", site.url()),
                                Stream.of(option.split(" ")),
                                Stream.of("--", "/bin/busybox"),
                                Stream.of(words))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    /** How many processes of that sort run in the container. */
    private String sleeping(String seconds) {
        return exec(
                        "",
                        "--timeout 60",
                        "sh",
                        "-c",
                        "/bin/busybox ps | /bin/busybox grep -c '[s]leep %s'".formatted(seconds))
                .out()
                .strip();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aProgramRunsInItsContainerUntilItsDeadlineAndWhoAskedIsKeptAlsoWhenTheAgentEndsInTheMidst() throws Exception {
        CommandLineProcess.Said fed =
                assertSaid(7, exec("hush", "--stdin", "sh", "-c", "/bin/busybox cat; echo problem >&2; exit 7"));
        assertEquals("hush", fed.out());
        assertEquals("problem\n", fed.err());

        CommandLineProcess.Said late = assertSaid(1, exec("", "--timeout 2", "sh", "-c", "/bin/busybox sleep 1001"));
        assertTrue(late.err().contains("it was not over within 2 s, and was ended"), late::toString);
        assertEquals("0", sleeping("1001"));

        long before = TrialContainers.process(node);
        CommandLineProcess.Said restarted = assertSaid(0, harmony.run("restart", Site.DEPLOYMENT.value()));
        assertTrue(restarted.err().contains("node '%s' started again: web".formatted(node)), restarted::toString);
        assertNotEquals(before, TrialContainers.process(node));

        Thread asking = Thread.ofVirtual().start(() -> exec("", "--timeout 300", "sleep", "1002"));
        Eventually.holds("it runs", () -> sleeping("1002").equals("1"));
        agent.kill();
        String audit =
                assertSaid(0, harmony.run("audit", "--node", node.value())).out();
        assertTrue(
                audit.lines()
                        .anyMatch(line -> line.matches(".* exec -- /bin/busybox sleep 1002 +not over, or not told")),
                audit);
        assertTrue(audit.lines().anyMatch(line -> line.matches(".* restart +done")), audit);
        assertTrue(!audit.contains("hush"), audit);
        asking.interrupt();
        asking.join();
    }
}
