package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.must;
import static io.nationtech.harmony.agent.Programs.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a household runs, of Debian's own packages, deployed by a person's command line onto an agent: each application does what it is for, and
 * keeps what it was given through an update, a power cut, and the loss of its node with the disk.
 */
class RealApplicationsTest {
    private static final String IMAGE = "localhost/harmony-applications:";
    private static final int OLD = 1;
    private static final int NEW = 2;
    private static final List<String> VOLUMES =
            List.of("volume/blog", "volume/cache", "volume/ledger", "volume/messages", "volume/uploads");
    private static final List<String> SAVED =
            List.of("dump/mariadb", "dump/postgres", "volume/cache", "volume/messages", "volume/uploads");
    private static final byte[] OF_THE_NAS = {(byte) 192, 0, 2, 7};
    private static final byte[] OF_THIS_MACHINE = {127, 0, 0, 1};

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Path share = Path.of("/srv/harmony-household-" + run);
    private final Site site = new Site();
    private final List<RunningAgent> agents = new ArrayList<>();
    private CommandLineProcess harmony;
    /** The node that they are on. */
    private int number = OLD;

    @BeforeEach
    void begin() throws Exception {
        Path archive = Path.of(System.getProperty("harmony.project"), "image/target/applications.tar");
        assertTrue(Files.exists(archive), "image/applications/build makes it");
        must("podman", "import", archive.toString(), IMAGE + 1);
        must("podman", "tag", IMAGE + 1, IMAGE + 2);
        harmony = new CommandLineProcess(folder.resolve("person"), site.server().url());
        Files.createDirectories(share);
        startAgent();
    }

    @AfterEach
    void end() {
        agents.forEach(RunningAgent::close);
        containers().forEach(container -> run("podman", "rm", "--force", "--time", "0", container));
        run("podman", "volume", "prune", "--force");
        run("podman", "rmi", "--force", IMAGE + 1, IMAGE + 2);
        run("rm", "-rf", share.toString());
        site.close();
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void anUpdateAPowerCutAndTheLossOfTheirNodeTakeNothingFromApplications() throws Exception {
        assertSaid(0, harmony.given("", "secret", "key", "new"));
        assertSaid(0, harmony.given("its \"own\" $word", "secret", "set", "blog-password"));
        assertSaid(0, harmony.given("ledger-" + UUID.randomUUID(), "secret", "set", "ledger-password"));
        assertSaid(0, harmony.given("correct horse battery", "secret", "set", "backup-password"));

        deploy(1);
        use();
        assertAllWork();

        deploy(2);
        assertAllWork();

        agents.getLast().kill();
        containers().forEach(container -> run("podman", "kill", container));
        startAgent();
        assertAllWork();

        assertSaid(0, harmony.run("backup", "run", "household"));
        loseNode();
        number = NEW;
        startAgent();
        // Both end with 1, as the node that is gone does not follow; the other does.
        harmony.run(accepting(VOLUMES, "deploy", module(2).toString(), "--timeout", "5"));
        holds(
                "the blog begins anew",
                () -> page(blog() + "wp-admin/install.php?step=1").contains("weblog_title"));
        holds("the ledger begins empty", () -> page(ledger()).equals("entries: 0"));
        assertSaid(0, harmony.run(accepting(SAVED, "backup", "restore", "household")));
        assertAllWork();

        harmony.run(accepting(VOLUMES, "withdraw", "household", "--timeout", "5"));
        holds("nothing runs", () -> containers().isEmpty());
    }

    private void startAgent() throws Exception {
        RunningAgent agent = RunningAgent.onPodman(
                site,
                node(),
                address(),
                folder.resolve("state-" + number),
                Map.of("HARMONY_SITE", siteOfNode(), "HARMONY_SHARES", "nas=local:" + share));
        agents.add(agent);
        agent.await("Registered");
    }

    /** It is gone, with its disk. */
    private void loseNode() {
        agents.getLast().kill();
        containers().forEach(container -> run("podman", "rm", "--force", "--time", "0", container));
        run("podman", "volume", "ls", "--quiet")
                .lines()
                .filter(volume -> volume.startsWith("harmony-%s.".formatted(node())))
                .forEach(volume -> must("podman", "volume", "rm", volume));
        holds("the node counts as lost", () -> harmony.run("node", "list").out().contains("lost"));
    }

    private static String[] accepting(List<String> losses, String... command) {
        return Stream.concat(Stream.of(command), losses.stream().flatMap(data -> Stream.of("--accept-loss", data)))
                .toArray(String[]::new);
    }

    private Path module(int version) throws IOException {
        Path sources = Path.of(System.getProperty("harmony.project"), "agent/src/test/resources/applications");
        return DeploymentJar.of(
                folder.resolve("version-%d-%s".formatted(version, siteOfNode())),
                "household",
                Files.readString(sources.resolve("module-info.java")),
                Files.readString(sources.resolve("Household.java"))
                        .replace("harmony-applications:VERSION", "harmony-applications:" + version)
                        .replace("Site.of(\"SITE\")", "Site.of(\"%s\")".formatted(siteOfNode())));
    }

    private void deploy(int version) throws IOException {
        CommandLineProcess.Said said = harmony.run("deploy", module(version).toString(), "--timeout", "240");
        assertEquals(
                0,
                said.exitCode(),
                () -> said + harmony.run("status", "household").out() + logs());
    }

    /** What people do once. */
    private void use() {
        String form = "weblog_title=Hearth&user_name=ada&admin_password=unimportant1&admin_password2=unimportant1"
                + "&pw_weak=1&admin_email=ada%40home.example&blog_public=0";
        String installed = post(blog() + "wp-admin/install.php?step=2", form);
        assertTrue(installed.contains("Success!"), installed);
        assertEquals("entries: 1", post(ledger(), ""));
        must(client("mosquitto_pub", "--retain", "--topic", "home/kitchen", "--message", "21.5 °C"));
    }

    private void assertAllWork() {
        holds("the blog has its title", () -> page(blog() + "?feed=rss2").contains("<title>Hearth</title>"));
        holds("the ledger has its entry", () -> page(ledger()).equals("entries: 1"));
        holds(
                "the broker has its message",
                () -> run(client("mosquitto_sub", "-C", "1", "-W", "2", "--topic", "home/kitchen"))
                        .strip()
                        .equals("21.5 °C"));
        holds("the name server knows the NAS", () -> isAt(OF_THE_NAS, address(), 53, "nas", "home", "example"));
        holds(
                "a neighbour finds this machine by multicast",
                () -> isAt(OF_THIS_MACHINE, "127.0.0.1", 5353, "hearth", "local"));
        holds(
                "the blog's job ran, and both see its file",
                () -> page(blog() + "wp-content/uploads/cron.txt").matches("[0-9]+\n"));
    }

    private NodeId node() {
        return NodeId.of("a%d-%s".formatted(number, run));
    }

    private String siteOfNode() {
        return number == OLD ? "home" : "barn";
    }

    private String address() {
        return "127.81.0." + number;
    }

    private String blog() {
        return "http://%s:18080/".formatted(address());
    }

    private String ledger() {
        return "http://%s:18081/".formatted(address());
    }

    /** A job runs each minute, and databases take their time on a busy machine. */
    private static void holds(String what, BooleanSupplier condition) {
        Eventually.holds(what, Duration.ofMinutes(2), condition);
    }

    private String[] client(String... words) {
        return Stream.concat(
                        Stream.of("podman", "run", "--rm", "--network=host", IMAGE + 1),
                        Stream.concat(
                                Stream.of(words[0], "-h", address()),
                                Stream.of(words).skip(1)))
                .toArray(String[]::new);
    }

    private static String page(String address) {
        return run("curl", "--silent", "--fail", "--noproxy", "*", "--max-time", "60", address);
    }

    private static String post(String address, String form) {
        return run("curl", "--silent", "--noproxy", "*", "--max-time", "60", "--data", form, address);
    }

    /** Asks for the address of a name over UDP: RFC 1035 §4. */
    private static boolean isAt(byte[] address, String server, int port, String... labels) {
        try (DatagramSocket socket = new DatagramSocket()) {
            ByteArrayOutputStream question = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(question);
            out.write(new byte[] {0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            for (String label : labels) {
                out.writeByte(label.length());
                out.writeBytes(label);
            }
            out.write(new byte[] {0, 0, 1, 0, 1});
            byte[] asked = question.toByteArray();
            socket.setSoTimeout(2_000);
            socket.send(new DatagramPacket(asked, asked.length, InetAddress.getByName(server), port));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            byte[] got = answer.getData();
            return IntStream.rangeClosed(asked.length, answer.getLength() - address.length)
                    .anyMatch(at -> IntStream.range(0, address.length).allMatch(i -> got[at + i] == address[i]));
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> containers() {
        return run("podman", "ps", "--all", "--format", "{{.Names}}")
                .lines()
                .filter(name -> name.startsWith("harmony-%s.".formatted(node())))
                .toList();
    }

    private String logs() {
        return run("podman", "ps", "--all", "--format", "{{.Names}}")
                .lines()
                .map(name -> "%n%s%n%s".formatted(name, run("podman", "logs", "--tail", "20", name)))
                .collect(Collectors.joining());
    }
}
