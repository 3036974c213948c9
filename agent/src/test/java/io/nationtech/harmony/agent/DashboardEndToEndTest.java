package io.nationtech.harmony.agent;

import static io.nationtech.harmony.agent.CommandLineProcess.assertSaid;
import static io.nationtech.harmony.agent.Programs.podman;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.secrets.contract.Leak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard that only its users see, and that asks the node's engine what runs: authority, users, plan, deploy, agent, proxy and container. */
class DashboardEndToEndTest {
    private static final String HOST = "board.home.example";
    private static final String ADDRESS = "127.88.0.1";
    private static final int PORT = 18_746;
    private static final String IMAGE = "localhost/harmony-agent-dashboard:1";
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    private Path folder;

    private final NodeId node = NodeId.of("d1-" + UUID.randomUUID().toString().substring(0, 8));
    private final Site site = new Site();
    private CommandLineProcess harmony;
    private RunningAgent agent;

    @BeforeEach
    void begin() throws Exception {
        harmony = new CommandLineProcess(folder.resolve("person"), site.server().url());
        Path scratch = Files.createDirectories(folder.resolve("image"));
        Files.copy(Path.of("/usr/bin/busybox"), scratch.resolve("busybox"));
        Files.writeString(scratch.resolve("index.html"), "What runs here\n");
        Files.writeString(scratch.resolve("Containerfile"), """
                FROM scratch
                COPY busybox /bin/busybox
                COPY index.html /srv/index.html
                STOPSIGNAL KILL
                CMD ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/srv"]
                """);
        Programs.buildImage(IMAGE, scratch);
        agent = RunningAgent.onPodman(site, node, ADDRESS, folder.resolve("state"), Map.of());
        agent.await("Registered");
    }

    @AfterEach
    void end() {
        harmony.run("withdraw", "board");
        agent.close();
        podman("rm", "--force", "--ignore", "--time", "0", container());
        podman("rmi", "--force", IMAGE);
        site.close();
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void onlyItsUsersSeeItAndItAsksWhatRuns() throws Exception {
        assertSaid(0, harmony.given("", "secret", "key", "new"));
        assertSaid(0, harmony.given("", "ca", "create", "--domain", "home.example"));
        assertSaid(0, harmony.given(PASSWORD, "login", "set", "board-users", "probe"));
        assertSaid(0, harmony.given(PASSWORD, "secret", "set", "board-probe"));
        Path module = module();

        CommandLineProcess.Said plan = assertSaid(0, harmony.run("plan", module.toString()));
        assertTrue(plan.out().contains("access  what runs"), plan::toString);
        assertTrue(plan.out().contains("board-users"), plan::toString);
        assertFalse(plan.out().contains("$6$"), plan::toString);
        System.out.println(plan.out());

        // Its smoke test is asked for a login, and enters with one.
        assertSaid(0, harmony.run("deploy", module.toString()));
        assertEquals(
                "401", answer("https://%s/".formatted(HOST)), "whoever says nothing, also with a good certificate");
        assertEquals("401", answer("https://%s/".formatted(HOST), "--user", "probe:wrong"));
        assertEquals("200", answer("https://%s/".formatted(HOST), "--user", "probe:" + PASSWORD));
        assertEquals("404", answer("https://%s/open/hook".formatted(HOST)), "the service has no such page");

        String socket = podman(
                        "inspect",
                        "--format",
                        "{{range .Mounts}}{{if eq .Destination \"/var/run/docker.sock\"}}{{.Source}}{{end}}{{end}}",
                        container())
                .strip();
        String[] curl = {"curl", "--silent", "--max-time", "10", "--unix-socket", socket};
        assertTrue(Programs.run(with(curl, "http://engine/containers/json")).contains(container()));
        assertTrue(Programs.run(with(curl, "--request", "POST", "http://engine/containers/" + container() + "/kill"))
                .contains("changes nothing"));

        assertSaid(0, harmony.given("another one", "login", "set", "board-users", "ada"));
        assertSaid(0, harmony.run("deploy", module.toString()));
        assertEquals("200", answer("https://%s/".formatted(HOST), "--user", "ada:another one"));
        Leak.of(PASSWORD).absentFromFilesIn(folder.resolve("state"));
    }

    private String container() {
        return "harmony-%s.board.board".formatted(node);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** The status of a page, asked as people do. */
    private String answer(String url, String... options) {
        String[] curl = {
            "curl",
            "--silent",
            "--insecure",
            "--max-time",
            "10",
            "--output",
            "/dev/null",
            "--write-out",
            "%{http_code}",
            "--connect-to",
            "::" + ADDRESS,
            url
        };
        return Programs.run(with(curl, options)).strip();
    }

    private Path module() throws Exception {
        return DeploymentJar.of(
                folder.resolve("module"),
                "board",
                "module board { requires io.nationtech.harmony.ingress; requires io.nationtech.harmony.docker.socket; "
                        + "provides io.nationtech.harmony.domain.DeploymentModule with board.Board; }",
                """
                package board;

                import io.nationtech.harmony.docker.socket.*;
                import io.nationtech.harmony.domain.*;
                import io.nationtech.harmony.domain.capability.*;
                import io.nationtech.harmony.domain.node.PublishedPort;
                import io.nationtech.harmony.domain.score.*;
                import io.nationtech.harmony.domain.value.*;
                import io.nationtech.harmony.ingress.*;

                public final class Board implements DeploymentModule {
                    interface Home extends ContainerRuntime, TlsRouter, SecretStore, DockerApi {}

                    @Override
                    public Deployment<Home> deployment() {
                        var board = ContainerService.named(ServiceName.of("board"))
                                .image(ImageReference.of("%1$s"))
                                .publishes(new PublishedPort(Port.of(%2$d), Port.of(80)))
                                .probedAt(HttpPath.of("/"))
                                .memoryLimit(Memory.mebibytes(64));
                        var ingress = Ingress.<Home>of(HttpsUrl.of(DnsName.of("%3$s")), board)
                                .guardedBy(BasicLogin.of(SecretRef.of("board-users")))
                                .openAt(HttpPath.of("/open"), Reason.of("hooks of others cannot log in"));
                        return Deployment.named(DeploymentName.of("board"))
                                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                                .runs(board.with(DockerSocket.listing()))
                                .runs(ingress)
                                .provenBy(LoginSmokeTest.of(ingress, HttpPath.of("/"))
                                        .enters(LoginName.of("probe"), SecretRef.of("board-probe"), "What runs here"));
                    }
                }
                """.formatted(IMAGE, PORT, HOST));
    }
}
