package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.config.file.ConfigFile;
import io.nationtech.harmony.config.file.ConfigFileDriver;
import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.hardware.Generation;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.hardware.Location;
import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {
    private static final DeploymentName WEBSITE = Lab.WEBSITE;
    private static final DeploymentName WIKI = DeploymentName.of("wiki");
    private static final ContainerName WEB = ContainerName.of("web");

    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aNodeRegistersBeatsAndServesWhatItIsTold() throws IOException {
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("site:1"));
        lab.awaitConverged(WEBSITE, revision);

        assertEquals("one", page());
        assertTrue(lab.deployer.inventory().nodes().getFirst().isAlive());
        assertEquals(
                Fixtures.info(Lab.ID, Lab.ADDRESS),
                lab.deployer.inventory().nodes().getFirst().info());
    }

    @Test
    void whileItIsNotKnownWhoseTheNameIsNothingNewIsBegunAndThenAllThatWasTold() throws IOException {
        AgentRun other = new AgentRun("a".repeat(16), "1".repeat(16), Instant.now(), "a board");
        AgentRun own = new AgentRun("b".repeat(16), "2".repeat(16), Instant.now(), "another board");
        lab.deployer.ensureBuckets();
        lab.deployer.nodeReports().register(Fixtures.info(Lab.ID, Lab.ADDRESS).by(other));
        lab.saying = info -> info.by(own);
        lab.start();
        long revision = lab.tell(WEBSITE, lab.web("site:1"));
        int beats = lab.pulses.size();
        Eventually.holds("it asked again and again", () -> lab.pulses.size() >= beats + 3);
        assertEquals(List.of(), lab.runtime.deployments());

        lab.pass(OwnName.SILENCE);

        lab.awaitConverged(WEBSITE, revision);
        assertEquals(
                Optional.of(own),
                lab.deployer.inventory().nodes().getFirst().info().run());
    }

    @Test
    void anUpdateReplacesWhatRuns() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:2")));

        assertEquals("two", page());
    }

    @Test
    void aWithdrawalRemovesWhatRuns() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        NodeState withdrawn = lab.awaitConverged(WEBSITE, lab.tell(WEBSITE));

        assertEquals(List.of(), withdrawn.resources());
        assertEquals(List.of(), lab.runtime.deployments());
    }

    @Test
    void aConfigurationFileIsThereBeforeTheContainerAndAChangeOfItReachesThat() throws IOException {
        lab.drivers = Drivers.of(
                new ContainerDriver(lab.runtime, Lab.ADDRESS, System::nanoTime),
                new ConfigFileDriver(folder.resolve("files"), folder.resolve("memory")));
        lab.start();
        lab.awaitRegistered();
        ConfigFile file = ConfigFile.of("site.conf", "one");
        MountedFile mounted = new MountedFile(file.id(), MountPath.of("/etc/site.conf"));
        Container web = lab.web("site:1").with(Container.Storage.DEFAULT.mounting(mounted));
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, web, file));
        assertEquals("one", lab.runtime.file(WEBSITE, WEB, mounted));

        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, web, ConfigFile.of("site.conf", "two")));
        assertEquals("two", lab.runtime.file(WEBSITE, WEB, mounted));

        NodeState withdrawn = lab.awaitConverged(WEBSITE, lab.tell(WEBSITE));
        assertEquals(List.of(), withdrawn.resources());
    }

    @Test
    void aContainerThatMountsWhatIsNotThereIsRefusedByName() throws IOException {
        lab.start();
        lab.awaitRegistered();
        MountedFile nowhere =
                new MountedFile(ResourceId.parse("config-file/site.conf"), MountPath.of("/etc/site.conf"));
        lab.tell(WEBSITE, lab.web("site:1").with(Container.Storage.DEFAULT.mounting(nowhere)));

        assertEquals(
                "container 'web' mounts config-file site.conf at /etc/site.conf, which is not there",
                ((Convergence.Failed) lab.awaitFailed(WEBSITE).convergence())
                        .cause()
                        .what());
    }

    @Test
    void aWithdrawnDeploymentIsNotCountedAnyMoreAndMayComeBack() throws IOException {
        Node node = lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE));

        Eventually.holds("it is not kept", () -> node.summary().deployments() == 0);
        Eventually.holds("nothing is known of it", () -> node.state(WEBSITE).isEmpty());
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:2")));
        assertEquals("two", page());
        assertEquals(1, node.summary().deployments());
    }

    @Test
    void hardwareIsToldOnceAndAgainOnlyWhenItDiffersOrTheMeshForgot() throws IOException {
        Node node = lab.start();
        node.tell(hardware(1));
        Eventually.holds("the hardware is told", () -> told().equals(List.of(1L)));

        lab.mesh.cut();
        node.tell(hardware(2));
        lab.mesh.restore();
        Eventually.holds("what differs is told when the mesh is back", () -> told().equals(List.of(1L, 2L)));

        lab.mesh.cut();
        lab.mesh.restore();
        lab.bucket("node-hardware").delete(Key.of("n1"));
        lab.mesh.cut();
        lab.mesh.restore();
        Eventually.holds(
                "what the mesh forgot is told again",
                () -> lab.bucket("node-hardware").get(Key.of("n1")).isPresent());
        assertEquals(2, told().getLast());
        assertTrue(told().size() <= 3, "an unchanged report is not written again");
    }

    private List<Long> told() {
        try {
            return lab.deployer.nodeReports().hardware(Lab.ID).stream()
                    .map(reported -> reported.report().generation().number())
                    .toList();
        } catch (MeshUnavailableException e) {
            return List.of();
        }
    }

    private static HardwareReport hardware(long generation) {
        return new HardwareReport(
                Lab.ID,
                new Generation(generation),
                new Location(SiteName.of("home"), FailureDomain.of("shelf")),
                Machines.with(),
                List.of());
    }

    @Test
    void closingLeavesRunningWhatRuns() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        lab.stop();

        assertEquals("one", page());
    }

    @Test
    void afterAPowerCutTheNodeServesFromItsDiskWithoutTheMeshAndReportsWhenItReturns() throws IOException {
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("site:1"));
        lab.awaitConverged(WEBSITE, revision);
        lab.stop();
        lab.runtime.crash(WEBSITE, WEB);
        lab.bucket("node-state").delete(Key.of("n1", "website"));
        lab.mesh.cut();

        Node node = lab.start();
        Eventually.holds(
                "converged from disk",
                () -> node.state(WEBSITE)
                        .filter(state -> state.convergence() instanceof Convergence.Converged)
                        .isPresent());
        assertEquals("one", page());
        assertEquals(
                "mesh away, going on from disk; 1 deployment", node.summary().toString());

        lab.mesh.restore();
        assertEquals(revision, lab.awaitConverged(WEBSITE, revision).revision());
    }

    @Test
    void whatWasToldWhileTheMeshWasAwayIsTakenUpWhenItReturns() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        lab.mesh.cut();
        long revision = lab.tell(WEBSITE, lab.web("site:2"));
        assertEquals("one", page());

        lab.mesh.restore();
        lab.awaitConverged(WEBSITE, revision);
        assertEquals("two", page());
    }

    @Test
    void aMeshThatReturnsWithoutItsMemoryIsToldEverythingAgain() throws IOException {
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("site:1"));
        lab.awaitConverged(WEBSITE, revision);
        lab.mesh.cut();
        lab.bucket("node-info").delete(Key.of("n1"));
        lab.bucket("node-state").delete(Key.of("n1", "website"));

        lab.mesh.restore();

        lab.awaitConverged(WEBSITE, revision);
        assertEquals(1, lab.deployer.inventory().nodes().size());
    }

    @Test
    void aCorruptFileIsToldAndReplacedByWhatTheMeshSays() throws IOException {
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("site:1"));
        lab.awaitConverged(WEBSITE, revision);
        lab.stop();
        Files.writeString(folder.resolve("website.state"), "rubbish");
        lab.bucket("node-state").delete(Key.of("n1", "website"));
        lab.mesh.cut();

        Node node = lab.start();
        Eventually.holds("the failure is seen", () -> node.summary().failed() == 1);
        assertEquals("one", page());
        assertEquals(
                "mesh away, going on from disk; 1 deployment, 1 failed",
                node.summary().toString());

        lab.mesh.restore();
        lab.awaitConverged(WEBSITE, revision);
        assertTrue(Files.exists(folder.resolve("website.state.corrupt")));
        assertTrue(Files.readString(folder.resolve("website.state")).contains("site:1"));
    }

    @Test
    void aStateFromANewerVersionFailsWithItsCauseWhileTheOldWorkGoesOn() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        lab.bucket("desired-state").put(Key.of("n1", "website"), Payload.of("{\"version\":2}"));

        Convergence.Failed failed = assertInstanceOf(
                Convergence.Failed.class, lab.awaitFailed(WEBSITE).convergence());

        assertTrue(
                failed.cause().what().contains("form 2; form 1 is the newest known here"),
                failed.cause().what());
        assertEquals("one", page());
    }

    @Test
    void aDeploymentWhoseImageIsStuckHoldsUpNoOther() throws IOException {
        lab.images.serveStuck(Fixtures.image("slow:1"), "slow");
        lab.start();
        lab.awaitRegistered();
        lab.tell(WIKI, Fixtures.container("wiki", Fixtures.freePort(Lab.ADDRESS), "slow:1"));
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));

        assertEquals(new Convergence.Converging(), lab.state(WIKI).orElseThrow().convergence());
    }

    @Test
    void whichImageIsBeingPulledIsToldWhileItIsAndSinceWhen() throws IOException {
        Instant before = Instant.now();
        Runnable release = lab.images.serveStuck(Fixtures.image("slow:1"), "slow");
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("slow:1"));

        Eventually.holds(
                "the mesh knows of the pull",
                () -> lab.state(WEBSITE).stream()
                        .flatMap(state -> state.resources().stream())
                        .anyMatch(resource ->
                                resource.detail().equals(Optional.of("pulling image " + Fixtures.image("slow:1")))));
        NodeState pulling = lab.state(WEBSITE).orElseThrow();
        assertEquals(new Convergence.Converging(), pulling.convergence());
        assertEquals(
                ResourceStatus.Phase.PENDING, pulling.resources().getFirst().phase());
        Instant since = pulling.since().orElseThrow();
        assertTrue(!since.isBefore(before), since::toString);

        release.run();
        NodeState there = lab.awaitConverged(WEBSITE, revision);
        assertEquals(Optional.empty(), there.resources().getFirst().detail());
        assertTrue(!there.since().orElseThrow().isBefore(since));
    }

    @Test
    void anImageThatCannotBePulledIsAFailureUntilItCan() throws IOException {
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("later:1"));
        assertTrue(lab.awaitFailed(WEBSITE).convergence().toString().contains("cannot be pulled"));

        lab.images.serve(Fixtures.image("later:1"), "later");
        lab.awaitConverged(WEBSITE, revision);
    }

    @Test
    void noOlderReportIsWrittenOverANewerOne() throws IOException {
        CountDownLatch mayWrite = new CountDownLatch(1);
        AtomicBoolean writing = new AtomicBoolean();
        lab.start();
        lab.awaitRegistered();
        long revision = lab.tell(WEBSITE, lab.web("site:1"));
        lab.awaitConverged(WEBSITE, revision);
        lab.stop();
        lab.mesh.cut();
        lab.runtime.breakDown(new Cause("podman is away", "node n1", "wait"));
        lab.wire(mesh -> new SlowMesh(mesh, bucket -> {
            if (bucket.value().equals("node-state") && writing.compareAndSet(false, true)) {
                await(mayWrite);
            }
        }));
        Node node = lab.start();
        Eventually.holds("failed, unreported", () -> node.summary().failed() == 1);
        lab.mesh.restore();
        Eventually.holds("the failure is being reported", writing::get);
        lab.runtime.repair();
        Eventually.holds("converged meanwhile", () -> node.summary().failed() == 0);
        mayWrite.countDown();

        lab.awaitConverged(WEBSITE, revision);
        lab.stop();
        assertInstanceOf(
                Convergence.Converged.class, lab.state(WEBSITE).orElseThrow().convergence());
    }

    @Test
    void aFailureThatNobodyExpectedDoesNotStopTheHeart() throws IOException {
        AtomicBoolean failed = new AtomicBoolean();
        lab.wire(mesh -> new SlowMesh(mesh, bucket -> {
            if (bucket.value().equals("node-heartbeat") && failed.compareAndSet(false, true)) {
                lab.mesh.cut();
                lab.mesh.restore();
                throw new IllegalStateException("a defect");
            }
        }));
        lab.start();

        Eventually.holds(
                "it beats",
                () -> failed.get()
                        && lab.bucket("node-heartbeat").get(Key.of("n1")).isPresent());
    }

    @Test
    void pingsAndRequestsForLogsAreAnswered() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        lab.runtime.write(WEBSITE, WEB, "hello");

        assertTrue(lab.deployer.commands().ping(Lab.ID));
        LogsReply.Lines logs = assertInstanceOf(
                LogsReply.Lines.class, lab.deployer.commands().logs(Lab.ID, new LogsRequest(WEBSITE, 10_000)));
        assertTrue(logs.lines().contains(new LogsReply.Line(ResourceName.of("web"), "hello")), logs::toString);
        assertEquals(
                1,
                assertInstanceOf(
                                LogsReply.Lines.class,
                                lab.deployer.commands().logs(Lab.ID, new LogsRequest(WEBSITE, 1)))
                        .lines()
                        .size());
    }

    @Test
    void ofABurstOfRequestsForLogsTwoAreAnsweredAtATime() throws Exception {
        ThingDrivers things = new ThingDrivers();
        lab.drivers = Drivers.of(things.grounds);
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, Thing.ground("1")));
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<LogsReply>> first = List.of(askers.submit(this::websiteLogs), askers.submit(this::websiteLogs));
            things.reading.acquire(2);

            LogsReply.Refused third = assertInstanceOf(LogsReply.Refused.class, websiteLogs());
            assertEquals(
                    "2 requests for logs are being answered already",
                    third.cause().what());

            things.mayRead.release(2);
            for (Future<LogsReply> reply : first) {
                assertInstanceOf(LogsReply.Lines.class, reply.get());
            }
        }
    }

    private LogsReply websiteLogs() {
        return lab.deployer.commands().logs(Lab.ID, new LogsRequest(WEBSITE, 1));
    }

    @Test
    void moreLogThanFitsInOneAnswerIsCutToTheNewest() throws IOException {
        lab.start();
        lab.awaitRegistered();
        lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1")));
        IntStream.range(0, 10_000).forEach(i -> lab.runtime.write(WEBSITE, WEB, "%5d ".formatted(i) + "x".repeat(500)));

        LogsReply.Lines logs = assertInstanceOf(
                LogsReply.Lines.class, lab.deployer.commands().logs(Lab.ID, new LogsRequest(WEBSITE, 9_000)));

        assertTrue(logs.lines().size() > 1_000, () -> logs.lines().size() + " lines");
        assertTrue(logs.lines().getLast().text().startsWith(" 9999 ")
                || logs.lines().getLast().text().startsWith("GET"));
    }

    @Test
    void logsOfWhatIsNotThereAreRefusedWithWhereToLook() throws IOException {
        lab.start();
        lab.awaitRegistered();

        LogsReply.Refused unknown = assertInstanceOf(
                LogsReply.Refused.class, lab.deployer.commands().logs(Lab.ID, new LogsRequest(WIKI, 10)));
        assertEquals(
                "there is nothing of deployment 'wiki' on this node",
                unknown.cause().what());

        lab.runtime.breakDown(new Cause("podman is not installed", "node n1", "install it"));
        LogsReply.Refused broken = assertInstanceOf(
                LogsReply.Refused.class, lab.deployer.commands().logs(Lab.ID, new LogsRequest(WEBSITE, 10)));
        assertEquals("podman is not installed", broken.cause().what());
    }

    @Test
    void theSummaryIsOneLineForPeople() {
        assertEquals("connected to the mesh; 0 deployments", new NodeSummary(Mesh.Status.CONNECTED, 0, 0).toString());
        assertEquals(
                "connected to the mesh; 2 deployments, 1 failed",
                new NodeSummary(Mesh.Status.CONNECTED, 2, 1).toString());
    }

    @Test
    void severalContainersOfOneDeploymentAllRun() throws IOException {
        Container other = Fixtures.container("other", Fixtures.freePort(Lab.ADDRESS), "site:2");
        lab.start();
        lab.awaitRegistered();

        NodeState state = lab.awaitConverged(WEBSITE, lab.tell(WEBSITE, lab.web("site:1"), other));

        assertEquals(2, state.resources().size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String page() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://%s:%d/".formatted(Lab.ADDRESS, lab.port))
                .toURL()
                .openConnection(Proxy.NO_PROXY);
        try (var body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
