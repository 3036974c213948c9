package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.podman;
import static io.nationtech.harmony.agent.Programs.run;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of data, every part a process of its own: saved by one node's agent, and back on another when the first is gone for good. */
class BackupsEndToEndTest {
    private static final String PRECIOUS = "the shop's orders";

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Path share = Path.of("/srv/harmony-backups-" + run);
    private final Site site = new Site();
    private final Map<Integer, RunningAgent> agents = new HashMap<>();
    private final List<RunningAgent> all = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    private CommandLineProcess harmony;

    @BeforeEach
    void begin() throws Exception {
        Files.createDirectories(share);
        harmony = new CommandLineProcess(folder.resolve("person"), site.server().url());
        BackedUpShop.makeImage(folder.resolve("image"));
        for (int number = 1; number <= 2; number++) {
            start(number);
        }
        for (RunningAgent agent : all) {
            agent.await("Registered");
        }
    }

    @AfterEach
    void end() {
        all.forEach(RunningAgent::close);
        for (int number = 1; number <= 2; number++) {
            podman("rm", "--force", "--ignore", "--time", "0", container(number));
            podman("volume", "rm", "--force", volume(number));
        }
        podman("rmi", "--force", "localhost/harmony-agent-backed-up:1");
        run("rm", "-rf", share.toString());
        site.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void dataOfANodeThatIsGoneComesBackOnAnother() throws Exception {
        assertSaid(0, harmony.given("", "secret", "key", "new"));
        assertSaid(0, harmony.given("correct horse battery", "secret", "set", "backup-password"));
        assertSaid(
                0,
                harmony.run(
                        "deploy",
                        BackedUpShop.module(folder.resolve("one"), "home").toString()));
        podman("exec", container(1), "/bin/busybox", "sh", "-c", "echo \"" + PRECIOUS + "\" >/data/index.html");
        podman("exec", container(1), "/bin/busybox", "dd", "if=/dev/urandom", "of=/data/large", "bs=1M", "count=120");
        byte[] large = large(1);

        assertTrue(assertSaid(0, harmony.run("backup", "list", "shop"))
                .out()
                .contains("There is no copy of volume/orders yet"));
        long process = process(1);
        assertSaid(0, harmony.run("backup", "run", "shop"));
        assertEquals(process, process(1), "it was paused, and is the same afterwards");
        Eventually.holds("it goes on", () -> fetch(1).contains(PRECIOUS));
        assertTrue(assertSaid(0, harmony.run("status", "shop"))
                .out()
                .contains("the last good copy of volume/orders is of"));

        // The node is gone, with its disk.
        agents.get(1).kill();
        podman("rm", "--force", "--time", "0", container(1));
        podman("volume", "rm", volume(1));
        Eventually.holds(
                "the node counts as lost",
                () -> site.fleet().inventory().nodes().stream()
                        .anyMatch(node -> node.info().id().equals(node(1)) && !node.isAlive()));
        // It ends with 1, as the node that is gone does not follow; the other does.
        harmony.run(
                "deploy",
                BackedUpShop.module(folder.resolve("two"), "barn").toString(),
                "--accept-loss",
                "volume/orders",
                "--timeout",
                "5");
        Eventually.holds("it begins empty", () -> fetch(2).contains(BackedUpShop.WELCOME));
        CommandLineProcess.Said list = assertSaid(0, harmony.run("backup", "list", "shop"));
        assertTrue(list.out().contains(node(1).value()), list::toString);

        CommandLineProcess.Said refused = assertSaid(1, harmony.run("backup", "restore", "shop"));
        assertTrue(refused.err().contains("--accept-loss volume/orders"), refused::toString);
        assertTrue(fetch(2).contains(BackedUpShop.WELCOME), "nobody agreed");

        // The agent is killed in the midst of it: its operator waits, and the next agent does it.
        var restore =
                new FutureTask<>(() -> harmony.run("backup", "restore", "shop", "--accept-loss", "volume/orders"));
        Thread.startVirtualThread(restore);
        Eventually.holds("the service is stopped", () -> process(2) == 0);
        agents.get(2).kill();
        start(2);
        CommandLineProcess.Said restored = assertSaid(0, restore.get(5, TimeUnit.MINUTES));
        assertTrue(restored.out().contains("volume/orders is as in snapshot"), restored::toString);

        Eventually.holds("the orders are back", () -> fetch(2).contains(PRECIOUS));
        assertArrayEquals(large, large(2));
        CommandLineProcess.Said verified = assertSaid(0, harmony.run("backup", "verify", "shop"));
        assertTrue(verified.out().contains("every byte of volume/orders was read back"), verified::toString);
    }

    private void start(int number) {
        RunningAgent agent = RunningAgent.onPodman(
                site,
                node(number),
                address(number),
                folder.resolve("state-" + number),
                Map.of("HARMONY_SITE", number == 1 ? "home" : "barn", "HARMONY_SHARES", "nas=local:" + share));
        agents.put(number, agent);
        all.add(agent);
    }

    private NodeId node(int number) {
        return NodeId.of("b%d-%s".formatted(number, run));
    }

    private static String address(int number) {
        return "127.82.0." + number;
    }

    private String container(int number) {
        return "harmony-%s.shop.web".formatted(node(number));
    }

    private String volume(int number) {
        return "harmony-%s.shop.orders".formatted(node(number));
    }

    private long process(int number) {
        String pid = podman("ps", "--filter", "name=^" + container(number) + "$", "--format", "{{.Pid}}")
                .strip();
        return pid.isEmpty() ? 0 : Long.parseLong(pid);
    }

    private byte[] large(int number) throws IOException {
        Path data = Path.of(podman("volume", "inspect", "--format", "{{.Mountpoint}}", volume(number))
                .strip());
        return Files.readAllBytes(data.resolve("large"));
    }

    private static String fetch(int number) {
        return Programs.fetch(URI.create("http://%s:%d/".formatted(address(number), BackedUpShop.PORT)));
    }
}
