package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.SmokeTest;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.Architecture;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ResourceStatus.Phase;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Smoke tests end in time whatever is asked, and also those of kinds that the framework does not know are run. */
@Timeout(30)
class SmokeTesterTest {
    private static final Duration LITTLE = Duration.ofMillis(700);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";

    private final Fleet fleet = new Fleet(new InProcessHub(InstantSource.system()).connect(), new JsonFleetCodec());

    @BeforeEach
    void makeBuckets() {
        fleet.ensureBuckets();
    }

    /** A server that is asked once and writes for as long as it is listened to. */
    private record Endless(ServerSocket socket) implements AutoCloseable {
        static Endless writing(String first, String then, Duration pause) throws IOException {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            Thread.ofVirtual().start(() -> serve(socket, first, then, pause));
            return new Endless(socket);
        }

        private static void serve(ServerSocket socket, String first, String then, Duration pause) {
            while (!socket.isClosed()) {
                try (Socket asked = socket.accept();
                        OutputStream answer = asked.getOutputStream()) {
                    answer.write(first.getBytes(StandardCharsets.US_ASCII));
                    while (!socket.isClosed()) {
                        answer.write(then.getBytes(StandardCharsets.US_ASCII));
                        answer.flush();
                        LockSupport.parkNanos(pause.toNanos());
                    }
                } catch (IOException e) {
                    // Nobody listens any more.
                }
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aPageThatDripsHoldsNoTestBeyondItsTimeout() throws Exception {
        try (Endless server = Endless.writing(HEAD, ".", Duration.ofMillis(20))) {
            endsInTime(server);
        }
    }

    @Test
    void headersThatNeverEndHoldNoTestBeyondItsTimeout() throws Exception {
        try (Endless server = Endless.writing("HTTP/1.1 200 OK\r\n", "X: y\r\n", Duration.ofMillis(20))) {
            endsInTime(server);
        }
    }

    @Test
    void answersThatAreNoneHoldNoTestBeyondItsTimeout() throws Exception {
        try (Endless server = Endless.writing("", "HTTP/1.1 100 Continue\r\n\r\n", Duration.ZERO)) {
            endsInTime(server);
        }
    }

    private void endsInTime(Endless server) throws InterruptedException {
        ContainerService web = Lab.service("web", 1, 1, server.port());
        SmokeTest test = Lab.smoke(web, "Welcome").within(LITTLE);
        long begin = System.nanoTime();

        SmokeResult result =
                new SmokeTester(fleet.nodeReports(), SecretSupply.none()).run(deployment(web, test), told(web));

        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        Cause cause = assertInstanceOf(SmokeResult.Failed.class, result).cause();
        assertTrue(cause.what().startsWith("smoke test failed for 0.7 s: "), cause.toString());
        assertTrue(taken.compareTo(LITTLE.plusSeconds(4)) < 0, () -> "it took " + taken);
    }

    @Test
    void whatTakesConnectionsPassesAndWhatTakesNoneSaysWhere() throws Exception {
        try (Endless server = Endless.writing("", "", Duration.ZERO)) {
            ContainerService broker = Lab.service("broker", 1, 1, server.port());
            Port port = broker.port().node();
            SmokeTest connects = TcpSmokeTest.of(broker, port);

            assertEquals(
                    List.of(URI.create("tcp://127.0.0.1:" + port)),
                    assertInstanceOf(
                                    SmokeResult.Passed.class,
                                    new SmokeTester(fleet.nodeReports(), SecretSupply.none())
                                            .run(deployment(broker, connects), told(broker)))
                            .pages());
        }
        ContainerService gone = Lab.service("gone", 1, 1, 1);
        SmokeTest inVain = TcpSmokeTest.of(gone, Port.of(1)).within(LITTLE);
        Cause cause = assertInstanceOf(
                        SmokeResult.Failed.class,
                        new SmokeTester(fleet.nodeReports(), SecretSupply.none())
                                .run(deployment(gone, inVain), told(gone)))
                .cause();
        assertTrue(cause.what().contains("no connection: "), cause::toString);
        assertEquals("tcp://127.0.0.1:1", cause.where());
    }

    /** A test of a kind that the framework does not know. */
    private record Knock(ServiceName service, Duration timeout) implements SmokeTest {}

    private SmokeTester knocking(SmokeTestRunner<?>... runners) {
        return new SmokeTester(fleet.nodeReports(), _ -> List.of(runners), SecretSupply.none());
    }

    /** What it answers is said by the test. */
    private interface Door extends SmokeTestRunner<Knock> {
        @Override
        default Class<Knock> type() {
            return Knock.class;
        }

        @Override
        default URI target(Knock test, IpAddress node) {
            return URI.create("knock://" + node);
        }
    }

    @Test
    void aTestOfAnotherKindIsRunByItsRunnerUntilItPasses() throws Exception {
        ContainerService web = Lab.service("web", 1, 1, 8080);
        CountDownLatch closed = new CountDownLatch(2);
        Door door = (_, target) -> {
            closed.countDown();
            return closed.getCount() > 0
                    ? Optional.of(new Cause("nobody opens", target.toString(), "knock again"))
                    : Optional.empty();
        };

        SmokeResult result =
                knocking(door).run(deployment(web, new Knock(web.name(), Duration.ofSeconds(20))), told(web));

        assertEquals(new SmokeResult.Passed(List.of(URI.create("knock://127.0.0.1"))), result);
    }

    @Test
    void aRunnerThatHearsNoInterruptionHoldsNoTestBeyondItsTimeout() throws Exception {
        ContainerService web = Lab.service("web", 1, 1, 8080);
        CountDownLatch end = new CountDownLatch(1);
        Door deaf = (_, _) -> {
            while (end.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            return Optional.empty();
        };

        SmokeResult result = knocking(deaf).run(deployment(web, new Knock(web.name(), LITTLE)), told(web));

        end.countDown();
        Cause cause = assertInstanceOf(SmokeResult.Failed.class, result).cause();
        assertTrue(cause.what().contains("no whole answer"), cause.toString());
    }

    @Test
    void aRunnerThatFailsIsNamed() throws Exception {
        ContainerService web = Lab.service("web", 1, 1, 8080);
        Door broken = (_, _) -> {
            throw new UncheckedIOException(new IOException("out of doors"));
        };

        SmokeResult result = knocking(broken).run(deployment(web, new Knock(web.name(), LITTLE)), told(web));

        Cause cause = assertInstanceOf(SmokeResult.Failed.class, result).cause();
        assertTrue(cause.what().contains(broken.getClass().getName() + " throws"), cause.toString());
        assertTrue(cause.what().contains("out of doors"), cause.toString());
    }

    @Test
    void aTestNeedsOneRunner() {
        ContainerService web = Lab.service("web", 1, 1, 8080);
        Deployment<?> deployment = deployment(web, new Knock(web.name(), LITTLE));
        Door door = (_, _) -> Optional.empty();

        Cause none = knocking().unrunnable(deployment).orElseThrow();
        Cause two = knocking(door, door).unrunnable(deployment).orElseThrow();

        assertEquals("nothing here runs smoke tests of " + Knock.class.getName(), none.what());
        assertTrue(two.what().contains("have 2 runners"), two.toString());
        assertEquals(Optional.empty(), knocking(door).unrunnable(deployment));
    }

    private static final ContainerService WORKER = Lab.service("worker", 1, 1, 1);
    private static final HealthSmokeTest STEADY =
            HealthSmokeTest.of(WORKER).steadyFor(LITTLE.minusMillis(50)).within(LITTLE);

    private SmokeResult health(HealthSmokeTest test) throws InterruptedException {
        return new SmokeTester(fleet.nodeReports(), SecretSupply.none()).run(deployment(WORKER, test), told(WORKER));
    }

    private void report(ResourceStatus... resources) {
        Deployment<?> deployment = deployment(WORKER, STEADY);
        fleet.nodeReports()
                .report(new NodeState(
                        NodeId.of("here"),
                        deployment.name(),
                        Long.MAX_VALUE,
                        new Convergence.Converging(),
                        List.of(resources)));
    }

    @Test
    void whatItsNodeCallsAsItShouldBeAndWhatStaysSoPasses() throws Exception {
        report(ResourceStatus.of(WORKER.container().id(), Phase.RUNNING));

        assertEquals(
                List.of(),
                assertInstanceOf(SmokeResult.Passed.class, health(STEADY.within(Duration.ofMinutes(1))))
                        .pages());
    }

    @Test
    void whatIsStartedAgainAndAgainIsNotSteady() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        Thread restarting = Thread.ofVirtual().start(() -> {
            for (int restarts = 1; !isOver.get(); restarts++) {
                report(ResourceStatus.of(WORKER.container().id(), Phase.RUNNING).restarts(restarts));
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });

        // So long that no pause of this machine hides all restarts.
        SmokeResult result = health(STEADY.within(Duration.ofSeconds(3)).steadyFor(Duration.ofMillis(2_900)));

        isOver.set(true);
        restarting.join();
        Cause cause = assertInstanceOf(SmokeResult.Failed.class, result).cause();
        assertEquals(
                "smoke test failed for 3 s: it is as it should be, and was started again within the last 2.9 s",
                cause.what());
    }

    @Test
    void whatIsNotAsItShouldBeSaysHowItIs() throws Exception {
        Cause nothing =
                assertInstanceOf(SmokeResult.Failed.class, health(STEADY)).cause();
        assertEquals("smoke test failed for 0.7 s: container worker is not there", nothing.what());

        report(ResourceStatus.of(WORKER.container().id(), Phase.STOPPED).detail("last ended with exit code 3"));
        Cause stopped =
                assertInstanceOf(SmokeResult.Failed.class, health(STEADY)).cause();
        assertEquals(
                "smoke test failed for 0.7 s: container worker is stopped and unknown (last ended with exit code 3)",
                stopped.what());
        assertEquals("service 'worker' on node 'here'", stopped.where());
    }

    private static Deployment<?> deployment(ContainerService web, SmokeTest test) {
        return Deployment.named(Lab.WEBSITE).on(Lab.home()).runs(web).provenBy(test);
    }

    /** One node at this machine's own address, told to run what the deployment wants. */
    private static Inventory told(ContainerService web) {
        NodeStatus here = new NodeStatus(
                new NodeInfo(
                        NodeId.of("here"),
                        new Location(SiteName.of("home"), FailureDomain.of("here")),
                        IpAddress.of("127.0.0.1"),
                        new NodeInfo.Machine(
                                Architecture.AMD64, 4, Memory.gibibytes(8), "Debian GNU/Linux 13 (trixie)"),
                        NodeInfo.Agent.of("0.1.0", Set.of(CapabilityName.of(ContainerRuntime.class)))),
                new Liveness.Alive(Duration.ZERO),
                Optional.empty(),
                Map.of());
        return new Inventory(Homes.follow(deployment(web, new Knock(web.name(), LITTLE)), List.of(here)));
    }
}
