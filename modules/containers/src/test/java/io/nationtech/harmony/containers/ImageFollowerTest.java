package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.ImageUpdates;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Health;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.TimeZoneName;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.NodeContext;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFollowerTest {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.25");
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final ContainerName WEB = ContainerName.of("web");
    private static final ImageReference TAG = ImageReference.of("registry.internal/web:1");
    private static final ImageDigest ONE = digest('1');
    private static final ImageDigest TWO = digest('2');
    private static final ImageDigest SICK = digest('3');
    private static final ImageUpdates DAILY = ImageUpdates.daily().in(TimeZoneName.of("Europe/Zurich"));

    @TempDir
    Path state;

    private final Images images = new Images();
    private final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);
    private final AtomicLong passed = new AtomicLong();
    private volatile Instant now = Instant.parse("2026-11-28T20:00:00Z");
    private ContainerDriver driver;
    private Port port;

    @BeforeEach
    void begin() throws IOException {
        images.serve(TAG, "one");
        images.serve(TAG.pinnedTo(ONE), "one");
        images.serve(TAG.pinnedTo(TWO), "two");
        images.serveSick(TAG.pinnedTo(SICK));
        images.tag(TAG, ONE);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(ADDRESS.address(), 0));
            port = Port.of(socket.getLocalPort());
        }
        startAgent();
        assertInstanceOf(Outcome.Changed.class, converge(web()));
    }

    private void startAgent() {
        driver = new ContainerDriver(
                runtime,
                ADDRESS,
                new NodeContext(
                        NodeId.of("n1"),
                        state,
                        state,
                        _ -> Optional.empty(),
                        () -> now,
                        () -> System.nanoTime() + passed.get()),
                () -> {});
    }

    @AfterEach
    void close() {
        driver.close();
        runtime.close();
    }

    @Test
    void atItsTimeTheImageThatTheTagNamesIsRunAndKeptOnceItWasWell() {
        images.tag(TAG, TWO);
        assertEquals(new Outcome.Unchanged(), converge(web()), "before its time nobody looks");

        untilFour();
        assertInstanceOf(Outcome.Changed.class, converge(web()));
        assertRuns(TAG.pinnedTo(TWO));
        assertEquals(
                Optional.of("tries sha256:222222222222, which registry.internal/web:1 names now"), status().detail());
        hold();

        assertEquals(
                Optional.of(
                        "follows registry.internal/web:1: from sha256:111111111111 to sha256:222222222222 at 2026-11-29T03:00:00Z"),
                status().detail());
        driver.tidy(SHOP, List.of(web()));
        assertEquals(Map.of(WEB, TAG.pinnedTo(TWO)), runtime.tidied().getLast());
    }

    @Test
    void whatIsNotWellGivesWayToWhatWasAndIsNotTriedAgainBeforeTheTagChanges() {
        images.tag(TAG, SICK);
        untilFour();
        converge(web());
        assertRuns(TAG.pinnedTo(SICK));
        assertEquals(new Outcome.Unchanged(), converge(web()), "it has its time");

        pass(Duration.ofSeconds(91));
        assertInstanceOf(Outcome.Changed.class, converge(web()));

        assertRuns(TAG);
        Eventually.holds("it is well", () -> status().health() == Health.HEALTHY);
        assertEquals(
                "has sha256:111111111111 still: registry.internal/web:1 names sha256:333333333333, which was given up at 2026-11-29T03:01:31Z: it was not well within 90 s; it is not tried again before the tag changes",
                status().detail().orElseThrow());
        long before = starts();
        pass(Duration.ofDays(1));
        converge(web());
        assertEquals(before, starts());

        images.tag(TAG, TWO);
        pass(Duration.ofDays(1));
        converge(web());
        assertRuns(TAG.pinnedTo(TWO));
    }

    @Test
    void anAgentThatBeginsAgainGoesOnWithWhatItTried() {
        images.tag(TAG, SICK);
        untilFour();
        converge(web());

        driver.close();
        startAgent();
        assertEquals(new Outcome.Unchanged(), converge(web()));
        assertRuns(TAG.pinnedTo(SICK));
        Eventually.holds("it is asked", () -> status().health() == Health.UNHEALTHY);
        converge(web());
        pass(Duration.ofSeconds(91));
        converge(web());

        assertRuns(TAG);
    }

    @Test
    void whatWasFollowedOutlivesTheAgentAndTheWord() throws IOException {
        images.tag(TAG, TWO);
        untilFour();
        converge(web());
        hold();

        driver.close();
        startAgent();
        Container without = web().with(Container.Pull.DEFAULT);
        converge(without);
        assertRuns(TAG.pinnedTo(TWO));
        images.tag(TAG, ONE);
        pass(Duration.ofDays(1));
        converge(without);
        assertRuns(TAG.pinnedTo(TWO));

        ImageReference other = ImageReference.of("registry.internal/web:2");
        images.serve(other, "another");
        converge(web(other));
        assertRuns(other);
        converge(web());
        assertRuns(TAG.pinnedTo(TWO));

        driver.remove(SHOP, web().id());
        try (var files = Files.list(state.resolve("container/images/shop"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void aRegistryThatIsAwayIsToldAndWhatRunsGoesOn() {
        images.untag(TAG);
        untilFour();
        long before = starts();

        assertEquals(new Outcome.Unchanged(), converge(web()));

        assertEquals(before, starts());
        String told = status().detail().orElseThrow();
        assertTrue(told.contains("goes on with what it has: nobody tells"), told);
        images.tag(TAG, ONE);
        pass(Duration.ofDays(1));
        converge(web());
        assertEquals(Optional.empty(), status().detail());
    }

    @Test
    void replicasTakeTurnsAndATurnThatIsMissedIsNotCaughtUp() {
        images.tag(TAG, TWO);
        Container second = web().replica(1);
        untilFour();
        converge(second);
        assertRuns(TAG);
        pass(Duration.ofMinutes(26));
        converge(second);
        assertRuns(TAG.pinnedTo(TWO));
        hold();

        images.tag(TAG, ONE);
        pass(Duration.ofDays(1).plusMinutes(11));
        converge(second);
        assertRuns(TAG.pinnedTo(TWO));
    }

    /** Until it was well for long enough. */
    private void hold() {
        Eventually.holds("it is well", () -> status().health() == Health.HEALTHY);
        converge(web());
        passed.addAndGet(Duration.ofSeconds(30).toNanos());
        assertEquals(new Outcome.Unchanged(), converge(web()));
    }

    private void untilFour() {
        now = Instant.parse("2026-11-29T03:00:00Z");
    }

    private void pass(Duration time) {
        now = now.plus(time);
        passed.addAndGet(time.toNanos());
    }

    private void assertRuns(ImageReference image) {
        assertEquals("started web of " + image, runtime.done().getLast());
    }

    private long starts() {
        return runtime.done().size();
    }

    private Outcome converge(Container container) {
        return driver.converge(SHOP, container, Means.NONE);
    }

    private ResourceStatus status() {
        return driver.observe(SHOP).getFirst();
    }

    private Container web() {
        return web(TAG);
    }

    private Container web(ImageReference image) {
        return Container.of(WEB, image, Memory.mebibytes(64))
                .with(Container.Pull.DEFAULT.with(DAILY))
                .with(Container.Network.of(new PublishedPort(port, Port.of(80))))
                .with(Container.HealthCheck.by(
                        new HttpProbe(port, HttpPath.of("/"), Duration.ofSeconds(1), Duration.ofMillis(900))));
    }

    private static ImageDigest digest(char of) {
        return ImageDigest.of("sha256:" + String.valueOf(of).repeat(64));
    }
}
