package io.nationtech.harmony.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.containers.ContainerDriver;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DeviceKind;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Sharing;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.node.ServedPort;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Serial;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.runtime.memory.Images;
import io.nationtech.harmony.runtime.memory.InProcessRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentKeeperTest {
    private static final NodeId NODE = NodeId.of("n1");
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final ContainerName WEB = ContainerName.of("web");
    private static final DeviceGrant LINE =
            new DeviceGrant(DevicePath.of("gpiochip0/17"), DeviceKind.GPIO_LINE, Sharing.EXCLUSIVE, 0);
    private static final ResourceStatus STARTING =
            ResourceStatus.of(ResourceId.parse("container/web"), ResourceStatus.Phase.STARTING);
    private static final ResourceStatus HEALTHY =
            ResourceStatus.of(STARTING.id(), ResourceStatus.Phase.RUNNING).health(ResourceStatus.Health.HEALTHY);
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.11");

    @TempDir
    private Path folder;

    private final int port = Fixtures.freePort(ADDRESS);
    private final Images images = new Images();
    private final InProcessRuntime runtime = new InProcessRuntime(images, ADDRESS);
    private final DevicesInUse devices = new DevicesInUse(NODE);
    private final List<NodeState> reports = new CopyOnWriteArrayList<>();
    private DesiredStateStore store;
    private DeploymentKeeper keeper;

    @BeforeEach
    void open() {
        store = new DesiredStateStore(folder, Thing.codec());
        keeper = keeper(WEBSITE, reports);
        images.serve(Fixtures.image("site:1"), "one");
        images.serve(Fixtures.image("site:2"), "two");
        images.serve(Fixtures.image("site:3"), "three");
    }

    private DeploymentKeeper keeper(DeploymentName deployment, List<NodeState> told) {
        return keeper(deployment, Drivers.of(new ContainerDriver(runtime, ADDRESS, System::nanoTime)), told);
    }

    private DeploymentKeeper keeper(Drivers drivers, List<NodeState> told) {
        return keeper(WEBSITE, drivers, told);
    }

    private DeploymentKeeper keeper(DeploymentName deployment, Drivers drivers, List<NodeState> told) {
        return new DeploymentKeeper(
                NODE,
                deployment,
                drivers,
                store,
                NodeSecrets.none(),
                devices,
                new Owner(told),
                new NodeSettings(Duration.ofMillis(50)));
    }

    private record Owner(List<NodeState> told) implements DeploymentKeeper.Owner {
        @Override
        public void report(NodeState state) {
            told.add(state);
        }

        /** These go on: a test tells the next thing. */
        @Override
        public void isOver(DeploymentKeeper keeper) {}
    }

    @AfterEach
    void close() {
        keeper.close();
        runtime.close();
    }

    @Test
    void reportsConvergingThenConvergedAndNothingMoreWhileNothingChanges() {
        keeper.start();
        keeper.tell(told(7, web("site:1")));
        awaitConverged(7);
        List<NodeState> untilThen = List.copyOf(reports);
        runtime.crash(WEBSITE, WEB);
        Eventually.holds("started again", () -> runtime.done().size() == 2);

        NodeState starting = new NodeState(NODE, WEBSITE, 7, new Convergence.Converging(), List.of(STARTING));
        assertEquals(
                List.of(
                        new NodeState(NODE, WEBSITE, 7, new Convergence.Converging(), List.of()),
                        new NodeState(NODE, WEBSITE, 7, new Convergence.Converged(), List.of(HEALTHY))
                                .serving(ServedPort.of(List.of(web("site:1")), List.of(HEALTHY)))),
                // Seen starting only where somebody looked before it answered.
                untilThen.stream().filter(state -> !state.equals(starting)).toList());
    }

    @Test
    void whatIsGoneIsSaidToBeThoughSomebodyLookedOnWhileItWasTidied() {
        ThingDrivers things = new ThingDrivers();
        AtomicBoolean isTidied = new AtomicBoolean();
        keeper = keeper(Drivers.of(things.grounds), reports);
        things.tidying = () -> {
            keeper.look();
            // Time to look on, and to say something, which nobody is to do.
            long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < end && !(reports.getLast().convergence() instanceof Convergence.Converging)) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            isTidied.set(true);
        };
        keeper.start();
        keeper.tell(told(3));

        Eventually.holds("it is tidied", isTidied::get);
        Eventually.holds("it is gone", () -> reports.getLast().convergence() instanceof Convergence.Converged);
    }

    @Test
    void whatCannotBeReadIsAFailureForAsLongAsItStandsAndTheOldWorkGoesOn() {
        Cause newer = new Cause("written in form 2", "desired state", "upgrade");
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        awaitConverged(1);
        keeper.tell(new DesiredStateUpdate(WEBSITE, 2, new Decoded.Unreadable<>(newer)));
        awaitFailed();

        // The old work is still kept: what crashes comes back, several periods later.
        crashAndAwaitReturn();
        crashAndAwaitReturn();

        assertEquals(new Convergence.Failed(newer), last().convergence());
        assertEquals(2, last().revision());
        assertFalse(convergedAt(2), reports::toString);

        keeper.tell(told(3, web("site:2")));
        awaitConverged(3);
    }

    @Test
    void whatWasSignedBeforeWhatIsFollowedComesToNothingAlsoAfterARestartAndAWithdrawal() {
        keeper.start();
        keeper.tell(signed(1, 100, web("site:1")));
        awaitConverged(1);
        keeper.tell(signed(2, 200, web("site:2")));
        awaitConverged(2);

        keeper.tell(signed(3, 100, web("site:1")));
        assertRefused(3);
        keeper.tell(signed(4, 200, web("site:3")));
        assertRefused(4);
        keeper.tell(signed(5, 200, web("site:2")));
        awaitConverged(5);

        restart();
        keeper.tell(signed(6, 199, web("site:1")));
        assertRefused(6);
        assertEquals(Optional.of(Instant.ofEpochMilli(200)), last().notBefore());
        keeper.tell(signed(7, 300));
        Eventually.holds(
                "it is forgotten", () -> Files.notExists(folder.resolve("website.state")) && names().isEmpty());

        restart();
        keeper.tell(signed(8, 200, web("site:2")));
        assertRefused(8);
        assertEquals(List.of(), names());
        keeper.tell(signed(9, 301, web("site:3")));
        awaitConverged(9);
    }

    private void restart() {
        keeper.close();
        store = new DesiredStateStore(folder, Thing.codec());
        keeper = keeper(WEBSITE, reports);
        keeper.start();
    }

    private void assertRefused(long revision) {
        assertRefused("it was put back, or is one of two", revision);
    }

    private void assertRefused(String why, long revision) {
        Eventually.holds(
                "it is refused",
                () -> last().revision() == revision
                        && last().convergence() instanceof Convergence.Failed(Cause cause)
                        && cause.what().contains(why));
        assertFalse(convergedAt(revision), reports::toString);
    }

    /** Of two with the same number that are not alike, one is somebody's invention. */
    private static DesiredStateUpdate signed(long revision, long number, Container... containers) {
        DesiredStateUpdate told = told(revision, containers);
        return new DesiredStateUpdate(
                WEBSITE,
                revision,
                told.desired(),
                Optional.of(new Serial(
                        number, Integer.toHexString(List.of(containers).hashCode()))),
                Optional.empty());
    }

    private static DesiredStateUpdate signedByOneWhoIsRevoked(long revision, long number, Container... containers) {
        DesiredStateUpdate told = signed(revision, number, containers);
        return new DesiredStateUpdate(
                WEBSITE,
                revision,
                told.desired(),
                told.serial(),
                Optional.of(new Cause("it is signed by 'ada', whose login was revoked", "here", "look at it")));
    }

    @Test
    void ofOneWhoWasRevokedOnlyThatCountsWhichIsFollowedAlready() {
        keeper.start();
        keeper.tell(signed(1, 100, web("site:1")));
        awaitConverged(1);

        keeper.tell(signedByOneWhoIsRevoked(2, 99, web("site:2")));
        assertRefused("whose login was revoked", 2);
        keeper.tell(signedByOneWhoIsRevoked(3, 101, web("site:2")));
        assertRefused("whose login was revoked", 3);
        keeper.tell(signedByOneWhoIsRevoked(4, 100, web("site:2")));
        assertRefused("whose login was revoked", 4);
        keeper.tell(signedByOneWhoIsRevoked(5, 100, web("site:1")));
        awaitConverged(5);

        restart();
        keeper.tell(signedByOneWhoIsRevoked(6, 101, web("site:2")));
        assertRefused("whose login was revoked", 6);
        keeper.tell(signedByOneWhoIsRevoked(7, 100, web("site:1")));
        awaitConverged(7);
        keeper.tell(signed(8, 101, web("site:2")));
        awaitConverged(8);
    }

    @Test
    void whatCannotBeKeptOnDiskIsNotAppliedAndTriedAgain() throws IOException {
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        awaitConverged(1);
        Files.delete(folder.resolve("website.state"));
        Files.delete(folder);

        keeper.tell(told(2, web("site:2")));
        awaitFailed();
        crashAndAwaitReturn();

        Cause cause = ((Convergence.Failed) last().convergence()).cause();
        assertTrue(cause.what().contains("cannot keep the desired state on disk, so it is not applied"), cause.what());
        assertFalse(convergedAt(2), reports::toString);
        assertFalse(
                runtime.done().toString().contains("site:2"),
                () -> runtime.done().toString());

        Files.createDirectory(folder);
        awaitConverged(2);
        assertEquals(2, store.load().states().getFirst().revision());
    }

    @Test
    void newerWordEndsWhatIsOnlyPreparedAndOfSeveralTheNewestIsTakenUp() {
        Runnable release = images.serveStuck(Fixtures.image("site:0"), "zero");
        keeper.start();
        keeper.tell(told(1, web("site:0")));
        Eventually.holds("told", () -> !reports.isEmpty());
        keeper.tell(told(2, web("site:1")));
        keeper.tell(told(3, web("site:2")));
        keeper.tell(told(4, web("site:3")));
        awaitConverged(4);
        release.run();

        assertEquals(List.of("started web of registry.internal/site:3"), runtime.done());
    }

    @Test
    void aContainerThatCannotBeHadHoldsUpNoOther() {
        Container bad = Fixtures.container("bad", Fixtures.freePort(ADDRESS), "missing:1");
        keeper.start();
        keeper.tell(told(1, bad, web("site:1")));
        awaitFailed();

        assertEquals(List.of("started web of registry.internal/site:1"), runtime.done());
        Cause cause = ((Convergence.Failed) last().convergence()).cause();
        assertEquals("image 'registry.internal/missing:1' cannot be pulled", cause.what());

        images.serve(Fixtures.image("missing:1"), "there now");
        awaitConverged(1);
    }

    @Test
    void whatAnsweredBeforeAnUpdateSaysNothingOfWhatRunsAfterIt() {
        images.serveSick(Fixtures.image("site:4"));
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        awaitConverged(1);
        keeper.tell(told(2, web("site:4")));
        Eventually.holds(
                "the new one is found unhealthy",
                () -> last().resources().stream()
                        .anyMatch(status -> status.health() == ResourceStatus.Health.UNHEALTHY));

        assertFalse(convergedAt(2), reports::toString);
    }

    @Test
    void anUnwantedContainerIsRemoved() {
        keeper.start();
        keeper.tell(told(1, web("site:1"), Fixtures.container("old", Fixtures.freePort(ADDRESS), "site:2")));
        awaitConverged(1);
        keeper.tell(told(2, web("site:1")));
        awaitConverged(2);

        assertEquals(List.of(WEB), names());
        assertTrue(runtime.done().contains("removed old"));
    }

    @Test
    void aWithdrawnDeploymentIsRemovedAndForgotten() throws IOException {
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        awaitConverged(1);
        keeper.tell(told(2));
        awaitConverged(2);

        assertEquals(List.of(), names());
        Eventually.holds("it is forgotten on disk", () -> !Files.exists(folder.resolve("website.state")));

        keeper.tell(told(3, web("site:1")));
        awaitConverged(3);
        assertEquals(List.of(WEB), names());
    }

    @Test
    void aRuntimeThatIsAwayIsAFailureWithItsCauseUntilItIsBack() {
        Cause missing = new Cause("podman is not installed", "node n1", "install it");
        runtime.breakDown(missing);
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        Eventually.holds(
                "the failure is reported",
                () -> !reports.isEmpty() && last().convergence().equals(new Convergence.Failed(missing)));
        runtime.repair();
        awaitConverged(1);
    }

    @Test
    void aDefectInTheRuntimeIsReportedAndDoesNotEndTheKeeping() {
        runtime.breakDown(new IllegalStateException("a defect"));
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        Eventually.holds(
                "the defect is reported",
                () -> !reports.isEmpty()
                        && last().convergence() instanceof Convergence.Failed(Cause cause)
                        && cause.what().contains("a defect"));
        runtime.repair();
        awaitConverged(1);
    }

    @Test
    void noErrorEndsTheKeeping() {
        ThingDrivers things = new ThingDrivers();
        things.defect = Optional.of(StackOverflowError::new);
        List<NodeState> told = new CopyOnWriteArrayList<>();
        try (DeploymentKeeper town = keeper(Drivers.of(things.grounds), told)) {
            town.start();
            town.tell(new DesiredStateUpdate(WEBSITE, 1, value(Thing.ground("1"))));
            Eventually.holds(
                    "the error is reported",
                    () -> !told.isEmpty()
                            && told.getLast().convergence() instanceof Convergence.Failed(Cause cause)
                            && cause.what().contains("StackOverflowError"));
            things.defect = Optional.empty();
            Eventually.holds("it is kept again", () -> told.getLast().convergence() instanceof Convergence.Converged);
        }
    }

    @Test
    void whoLooksOnNeverReportsOverTheEndOfTheWork() {
        ThingDrivers things = new ThingDrivers();
        List<NodeState> told = new CopyOnWriteArrayList<>();
        try (DeploymentKeeper town = keeper(Drivers.of(things.grounds), told)) {
            town.start();
            for (long revision = 1; revision < 200; revision += 2) {
                long withdrawal = revision + 1;
                town.tell(new DesiredStateUpdate(WEBSITE, revision, value(Thing.ground("1"))));
                town.tell(new DesiredStateUpdate(WEBSITE, withdrawal, value()));
                Eventually.holds("it is withdrawn", () -> {
                    town.look();
                    return told.stream()
                            .anyMatch(state -> state.revision() == withdrawal
                                    && state.convergence() instanceof Convergence.Converged);
                });
                assertInstanceOf(Convergence.Converged.class, told.getLast().convergence(), told::toString);
                told.clear();
            }
        }
    }

    @Test
    void aKindThatNothingHereCanMakeIsRefusedAndWhatRanGoesOn() {
        keeper.start();
        keeper.tell(told(1, web("site:1")));
        awaitConverged(1);
        keeper.tell(new DesiredStateUpdate(WEBSITE, 2, value(web("site:1"), Thing.house("1"))));
        awaitFailed();

        Cause cause = ((Convergence.Failed) last().convergence()).cause();
        assertEquals("no driver for the kind 'a-house' of a-house 1", cause.what());
        crashAndAwaitReturn();
    }

    @Test
    void newerWordWithdrawsWhatIsStillBeingFetched() {
        images.serveStuck(Fixtures.image("site:0"), "zero");
        keeper.start();
        keeper.tell(told(1, web("site:0")));
        Eventually.holds("told", () -> !reports.isEmpty());

        keeper.tell(told(2));

        awaitConverged(2);
        assertEquals(List.of(), runtime.done());
    }

    @Test
    void closingDuringASlowFetchEndsItAndReportsNoFailure() {
        images.serveStuck(Fixtures.image("site:0"), "zero");
        keeper.start();
        keeper.tell(told(1, web("site:0")));
        Eventually.holds("told", () -> !reports.isEmpty());

        keeper.close();

        assertEquals(
                List.of(new Convergence.Converging()),
                reports.stream().map(NodeState::convergence).toList());
    }

    @Test
    void beginsWithWhatIsOnDiskBeforeAnybodySaysAnything() {
        keeper.start(new KeptState.Good(new Versioned<>(5, new DesiredState(NODE, WEBSITE, List.of(web("site:1"))))));
        awaitConverged(5);
    }

    @Test
    void aDeviceThatAnotherDeploymentHasIsRefusedUntilThatLetsItGo() {
        DeploymentName lamp = DeploymentName.of("lamp");
        List<NodeState> told = new CopyOnWriteArrayList<>();
        keeper.start();
        keeper.tell(told(1, web("site:1").placed(List.of(LINE), Mobility.MOVES)));
        awaitConverged(1);
        try (DeploymentKeeper second = keeper(lamp, told)) {
            Container wanted = Fixtures.container("lamp", Fixtures.freePort(ADDRESS), "site:2")
                    .placed(List.of(LINE), Mobility.MOVES);
            second.start();
            second.tell(new DesiredStateUpdate(
                    lamp, 2, new Decoded.Value<>(new DesiredState(NODE, lamp, List.of(wanted)))));
            Eventually.holds(
                    "it is refused",
                    () -> !told.isEmpty()
                            && told.getLast().convergence() instanceof Convergence.Failed(Cause cause)
                            && cause.what()
                                    .equals("gpio line gpiochip0/17 of node 'n1' is taken by deployment 'website'"));
            assertTrue(runtime.observe(lamp).isEmpty());
            crashAndAwaitReturn();

            keeper.tell(told(3));

            Eventually.holds(
                    "it has the line now", () -> told.getLast().convergence() instanceof Convergence.Converged);
            assertEquals(2, told.getLast().revision());
        }
    }

    @Test
    void aDeviceThatIsAboutToBeLetGoIsWaitedFor() {
        DeploymentName lamp = DeploymentName.of("lamp");
        DesiredState wanted = new DesiredState(
                NODE, lamp, List.of(Fixtures.container("lamp", port, "site:2").placed(List.of(LINE), Mobility.MOVES)));
        DesiredState website =
                new DesiredState(NODE, WEBSITE, List.of(web("site:1").placed(List.of(LINE), Mobility.MOVES)));
        devices.restore(website);
        devices.told(wanted);

        assertInstanceOf(DevicesInUse.Answer.No.class, devices.claim(wanted));
        devices.told(DesiredState.withdrawn(NODE, WEBSITE));
        assertEquals(new DevicesInUse.Answer.Soon(), devices.claim(wanted));
        devices.keepOnly(DesiredState.withdrawn(NODE, WEBSITE));
        assertEquals(new DevicesInUse.Answer.Yes(), devices.claim(wanted));
    }

    private void crashAndAwaitReturn() {
        int before = runtime.done().size();
        runtime.crash(WEBSITE, WEB);
        Eventually.holds("it is started again", () -> runtime.done().size() > before);
    }

    private void awaitConverged(long revision) {
        Eventually.holds(
                "revision %d is converged; last %s".formatted(revision, reports),
                () -> !reports.isEmpty()
                        && last().revision() == revision
                        && last().convergence() instanceof Convergence.Converged);
    }

    private void awaitFailed() {
        Eventually.holds(
                "the failure is reported",
                () -> !reports.isEmpty() && last().convergence() instanceof Convergence.Failed);
    }

    private boolean convergedAt(long revision) {
        return reports.stream()
                .anyMatch(
                        state -> state.revision() == revision && state.convergence() instanceof Convergence.Converged);
    }

    private NodeState last() {
        return reports.getLast();
    }

    private List<ContainerName> names() {
        return runtime.observe(WEBSITE).stream().map(ContainerStatus::name).toList();
    }

    private Container web(String image) {
        return Fixtures.container("web", port, image);
    }

    private static Decoded<DesiredState> value(NodeResource... resources) {
        return new Decoded.Value<>(new DesiredState(NODE, WEBSITE, List.of(resources)));
    }

    private static DesiredStateUpdate told(long revision, Container... containers) {
        return new DesiredStateUpdate(
                WEBSITE, revision, new Decoded.Value<>(new DesiredState(NODE, WEBSITE, List.of(containers))));
    }
}
