package io.nationtech.harmony.haproxy;

import static io.nationtech.harmony.haproxy.Installed.PROGRAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.docker.socket.DockerAccess;
import io.nationtech.harmony.docker.socket.DockerEndpoint;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Reason;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.LocalPrograms;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.Owned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What containers with a socket of a real podman can ask, by connections as any program could make them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerSocketTest {
    private static final DeploymentName HOME = DeploymentName.of("home");
    private static final DockerEndpoint LISTING =
            new DockerEndpoint(ResourceName.of("dashboard"), new DockerAccess.Listing());
    private static final DockerEndpoint CONTROL = new DockerEndpoint(
            ResourceName.of("updater"), new DockerAccess.Control(Reason.of("it makes containers anew")));
    private static final Path PODMAN = Path.of("/usr/bin/podman");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String IMAGE = "localhost/harmony-docker-socket:1";
    private static final String WATCHED = "harmony-docker-watched";

    private Path folder = Path.of("/none");

    private DockerSocketDriver driver;

    private Path engine() {
        return folder.resolve("engine");
    }

    @BeforeAll
    void begin(@TempDir Path scratch) throws IOException {
        folder = scratch;
        driver = new DockerSocketDriver(engine(), new DockerDaemons(PODMAN, Path.of("/usr/sbin/haproxy"), engine()));
        assertInstanceOf(Outcome.Changed.class, converge().get(new Owned(HOME, LISTING.id())));
        Path image = Files.createDirectories(folder.resolve("image"));
        Files.copy(Path.of("/usr/bin/busybox"), image.resolve("busybox"));
        Files.writeString(image.resolve("Containerfile"), "FROM scratch\nCOPY busybox /bin/busybox\n");
        podman("build", "--quiet", "--tag", IMAGE, image.toString());
        podman(
                "run",
                "--detach",
                "--name",
                WATCHED,
                "--cap-drop=all",
                "--read-only",
                "--network=none",
                "--volume",
                path(LISTING) + ":/var/run/docker.sock:ro",
                IMAGE,
                "/bin/busybox",
                "sh",
                "-c",
                "echo hello from inside; exec /bin/busybox sleep 600");
    }

    private Map<Owned, Outcome> converge() {
        return driver.converge(
                Map.of(new Owned(HOME, LISTING.id()), LISTING, new Owned(HOME, CONTROL.id()), CONTROL),
                _ -> Means.NONE);
    }

    @AfterAll
    void end() {
        podman("rm", "--force", "--time", "0", WATCHED);
        driver.converge(Map.of(), _ -> Means.NONE);
    }

    private static String podman(String... words) {
        LocalPrograms.Result ended = PROGRAMS.run(
                LONG,
                Stream.concat(Stream.of(PODMAN.toString()), Stream.of(words)).toList());
        assertTrue(ended.succeeded(), ended::output);
        return ended.output();
    }

    private Path path(DockerEndpoint endpoint) {
        return driver.path(HOME, endpoint.id()).orElseThrow();
    }

    private String ask(DockerEndpoint endpoint, String request) {
        return ask(path(endpoint), request);
    }

    /** The status, and the body after it. */
    private static String ask(Path socket, String request) {
        String answer = new CommandSocket(socket)
                .ask(request.replace("\n", "\r\n") + "\r", Duration.ofSeconds(20))
                .orElse("none");
        return answer.startsWith("HTTP/") ? answer.substring(answer.indexOf(' ') + 1) : answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_ping",
                "/version",
                "/v1.41/info",
                "/containers/json",
                "/v1.41/containers/json?all=1",
                "/containers/" + WATCHED + "/json",
                "/v1.41/containers/" + WATCHED + "/stats?stream=0&one-shot=1",
                "/images/json",
                "/networks",
                "/volumes",
                "/events?since=1&until=2"
            })
    void whatRunsIsTold(String path) {
        assertTrue(ask(LISTING, "GET %s HTTP/1.0\n\n".formatted(path)).startsWith("200"), path);
    }

    @Test
    void aContainerIsNamedAndItsOutputRead() {
        assertTrue(ask(LISTING, "GET /containers/json HTTP/1.0\n\n").contains("/" + WATCHED));
        assertTrue(ask(LISTING, "GET /containers/%s/logs?stdout=1 HTTP/1.0\n\n".formatted(WATCHED))
                .contains("hello from inside"));
    }

    /** As its programs see it: by its own root folder, read-only as it is mounted. */
    @Test
    void theContainerItselfReachesIt() {
        String process = podman("inspect", "--format", "{{.State.Pid}}", WATCHED);

        assertTrue(ask(Path.of("/proc/%s/root/var/run/docker.sock".formatted(process)), "GET /_ping HTTP/1.0\n\n")
                .endsWith("OK"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /containers/create",
                "POST /v1.41/containers/" + WATCHED + "/exec",
                "POST /containers/" + WATCHED + "/restart",
                "DELETE /containers/" + WATCHED,
                "PUT /containers/" + WATCHED + "/archive?path=/",
                "GET /containers/" + WATCHED + "/archive?path=/",
                "HEAD /containers/" + WATCHED + "/archive?path=/",
                "GET /containers/" + WATCHED + "/export",
                "GET /containers/" + WATCHED + "/attach/ws",
                "GET /images/get",
                "GET /secrets",
                "GET /libpod/containers/json",
                "GET /v5.0.0/libpod/secrets/json?showsecret=true",
                "POST /containers/json",
                "get /containers/json",
                "GET //containers/json",
                "GET /v1.41//containers/json",
                "GET /v1.41/../containers/json",
                "GET /containers/../containers/json",
                "GET /containers/./json",
                "GET /containers/../json",
                "GET /containers/%2e%2e/json",
                "GET /containers/" + WATCHED + "%2farchive/json",
                "GET /containers/json/",
                "GET /containers/json%00",
                "GET /containers/json;/../create",
                "GET /v1.41/containers/a/b/json",
                "CONNECT /containers/json",
                "TRACE /containers/json"
            })
    void everythingElseIsRefused(String question) {
        String answer = ask(LISTING, question + " HTTP/1.1\nHost: d\nConnection: close\n\n");

        assertTrue(answer.startsWith("403") || answer.startsWith("400"), () -> question + ": " + answer);
        assertEquals("running", podman("inspect", "--format", "{{.State.Status}}", WATCHED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\n\nabc",
                "Transfer-Encoding: chunked\n\n0\n\n",
                "Content-Length: 0\nTransfer-Encoding: chunked\n\n0\n\nPOST /containers/create HTTP/1.1\nHost: d\n\n",
                "Transfer-Encoding: xchunked\nContent-Length: 5\n\nabcde",
                "Upgrade: tcp\nConnection: Upgrade\n\n",
                "Upgrade: websocket\nConnection: Upgrade\n\n"
            })
    void aQuestionHidesNothingBehindIt(String rest) {
        String answer = ask(LISTING, "GET /containers/json HTTP/1.1\nHost: d\n" + rest);

        assertTrue(answer.startsWith("403") || answer.startsWith("400"), answer);
    }

    /** Two questions on one connection are two questions: the second is refused, or the connection ends before it, as the asker said that no more comes. */
    @Test
    void whatFollowsAGoodQuestionIsLookedAtToo() {
        String answers = ask(
                LISTING,
                "GET /_ping HTTP/1.1\nHost: d\n\nPOST /containers/%s/kill HTTP/1.1\nHost: d\nConnection: close\n\n"
                        .formatted(WATCHED));

        assertTrue(answers.startsWith("200"), answers);
        assertTrue(answers.contains("HTTP/1.1 403") || !answers.contains("HTTP/1.1 "), answers);
        assertEquals("running", podman("inspect", "--format", "{{.State.Status}}", WATCHED));
    }

    @Test
    void aMethodThatIsSaidElsewhereIsNotFollowed() {
        assertTrue(ask(
                        LISTING,
                        "GET /containers/%s/json HTTP/1.1\nHost: d\nConnection: close\nX-HTTP-Method-Override: DELETE\n\n"
                                .formatted(WATCHED))
                .startsWith("200"));
        assertEquals("running", podman("inspect", "--format", "{{.State.Status}}", WATCHED));
    }

    @Test
    void controlDoesEverything() {
        String made = ask(
                CONTROL,
                "POST /containers/create?name=harmony-docker-made HTTP/1.1\nHost: d\nConnection: close\nContent-Type: application/json\nContent-Length: %d\n\n%s"
                        .formatted(
                                "{\"Image\":\"%s\"}".formatted(IMAGE).length(), "{\"Image\":\"%s\"}".formatted(IMAGE)));

        assertTrue(made.startsWith("201"), made);
        podman("rm", "harmony-docker-made");
    }
}
