package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.HealthSmokeTest;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From plan to passed smoke test, against nodes that really serve. */
class DeployerTest {
    private static final DeploymentName WEBSITE = Lab.WEBSITE;

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
    void deploysTestsAndTellsWhatItDoes() throws IOException {
        lab.with("a", "b", "c");
        Recorded progress = new Recorded();

        DeployResult.Deployed deployed = deployed(lab.deployer(progress).deploy(lab.website(1, 2)));

        assertEquals(2, deployed.changes());
        assertEquals(
                List.of(
                        URI.create("http://127.0.1.1:%d/".formatted(lab.port)),
                        URI.create("http://127.0.1.2:%d/".formatted(lab.port))),
                deployed.pages());
        assertEquals("planned 2", progress.lines().getFirst());
        assertEquals("testing 1", progress.lines().getLast());
        assertTrue(progress.lines()
                .containsAll(List.of("applying a", "applied a: Changed", "applying b", "applied b: Changed")));
    }

    @Test
    void whatNothingCanBeAskedOfIsDeployedByTheWordOfItsNodes() throws IOException {
        lab.with("a", "b");
        PrivateService worker = ContainerService.named(ServiceName.of("worker"))
                .image(Lab.image("web:1"))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(64))
                .replicas(Replicas.of(2));

        DeployResult.Deployed deployed = deployed(lab.deployer()
                .deploy(Deployment.named(WEBSITE)
                        .on(Lab.home())
                        .runs(worker)
                        .provenBy(HealthSmokeTest.of(worker).steadyFor(Duration.ofMillis(200)))));

        assertEquals(2, deployed.changes());
        assertEquals(List.of(), deployed.pages());
    }

    @Test
    void afterADeployThereIsNothingToPlanAndDeployingAgainChangesNothing() throws IOException {
        lab.with("a", "b", "c");
        deployed(lab.deployer().deploy(lab.website(1, 2)));

        assertTrue(lab.plan(lab.website(1, 2)).isEmpty());
        DeployResult.Deployed again = deployed(lab.deployer().deploy(lab.website(1, 2)));

        assertEquals(0, again.changes());
        assertEquals(2, again.pages().size());
        lab.runtimes.values().forEach(runtime -> assertTrue(runtime.done().size() <= 1, runtime.done()::toString));
    }

    @Test
    void aPlanWritesNothing() throws IOException {
        lab.with("a", "b");
        FleetPlan plan = lab.plan(lab.website(1, 2));

        assertEquals(2, plan.changes().size());
        assertInstanceOf(
                ResourceChange.Create.class, plan.changes().getFirst().details().getFirst());
        assertTrue(
                lab.inventory().nodes().stream().allMatch(node -> node.desired().isEmpty()));
    }

    @Test
    void aFailingSmokeTestFailsTheDeploy() throws IOException {
        lab.with("a", "b");

        Cause cause = failed(lab.deployer().deploy(lab.website(1, 2, "Welcome to version 9")))
                .getFirst();

        assertTrue(
                cause.what().contains("does not contain \"Welcome to version 9\" but begins \"Welcome to version 1\""),
                cause.what());
        assertEquals("http://127.0.1.1:%d/".formatted(lab.port), cause.where());
        assertTrue(cause.next().contains("harmony logs"), cause.next());
    }

    @Test
    void whatCannotBePlacedIsRefusedBeforeAnythingHappens() throws IOException {
        lab.with("a");
        Recorded progress = new Recorded();

        Cause cause = failed(lab.deployer(progress).deploy(lab.website(1, 2))).getFirst();

        assertTrue(cause.what().startsWith("service 'web' has no place for 1 of 2 replicas"), cause.what());
        assertEquals(List.of(), progress.lines());
    }

    @Test
    void twoServicesAtOnePortOfANodeAreRefusedBeforeAnythingHappens() throws IOException {
        lab.with("a");
        ContainerService web = Lab.service("web", 1, 1, lab.port);
        ContainerService api = Lab.service("api", 2, 1, lab.port);
        Deployment<ContainerRuntime> both =
                Deployment.named(WEBSITE).on(Lab.home()).runs(web).runs(api).provenBy(Lab.smoke(web, "Welcome"));

        Cause cause =
                assertInstanceOf(Planning.Impossible.class, lab.planning(both)).cause();

        assertTrue(cause.what().startsWith("service 'web' has no place for 1 of 1 replicas"), cause.what());
        assertTrue(
                cause.what().endsWith("closest is 'a': port %d — taken by website.api#0".formatted(lab.port)),
                cause.what());
    }

    @Test
    void aScoreThatThrowsIsNamedAndNothingHappens() throws IOException {
        lab.with("a");
        ContainerService web = Lab.service("web", 1, 1, lab.port);
        Deployment<ContainerRuntime> deployment = Deployment.named(WEBSITE)
                .on(Lab.home())
                .runs(web)
                .runs(new Throwing(ServiceName.of("api")))
                .provenBy(Lab.smoke(web, "Welcome"));

        Cause cause = failed(lab.deployer().deploy(deployment)).getFirst();

        assertEquals("score 'api' throws IllegalStateException: on purpose", cause.what());
        assertTrue(cause.where().contains("Throwing.expand"), cause.where());
        assertTrue(
                lab.inventory().nodes().stream().allMatch(node -> node.desired().isEmpty()));
    }

    @Test
    void aScoreWhoseAssertionFailsIsNamedAsWell() throws IOException {
        lab.with("a");
        ContainerService web = Lab.service("web", 1, 1, lab.port);
        Deployment<ContainerRuntime> deployment = Deployment.named(WEBSITE)
                .on(Lab.home())
                .runs(web)
                .runs(new Asserting(ServiceName.of("api")))
                .provenBy(Lab.smoke(web, "Welcome"));

        Cause cause = failed(lab.deployer().deploy(deployment)).getFirst();

        assertEquals("score 'api' throws AssertionError: never two", cause.what());
    }

    /** A score of somebody who did not expect this. */
    record Asserting(ServiceName name) implements Score<ContainerRuntime> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            throw new AssertionError("never two");
        }
    }

    /** A score of somebody who made a mistake. */
    record Throwing(ServiceName name) implements Score<ContainerRuntime> {
        @Override
        public Expansion expand(DeploymentName deployment, Inventory inventory) {
            throw new IllegalStateException("on purpose");
        }
    }

    @Test
    void ofTwoDeploysAtOnceOneIsToldWhoDeploys() throws IOException {
        lab.with("a");
        Runnable release = lab.images.serveStuck(Lab.image("web:7"), "Welcome to version 7");
        Recorded progress = new Recorded();
        AtomicReference<DeployResult> result = new AtomicReference<>();
        Thread deploying =
                Thread.ofVirtual().start(() -> result.set(lab.deployer(progress).deploy(lab.website(7, 1))));
        Eventually.holds("the first one waits", () -> progress.lines().contains("applying a"));

        Cause cause = failed(lab.deployer().deploy(lab.website(1, 1))).getFirst();

        assertTrue(cause.what().startsWith("alice@laptop applies deployment 'website' since 20"), cause.what());
        release.run();
        join(deploying);
        assertEquals(1, deployed(result.get()).changes());
    }

    @Test
    void aNodeThatHangsDoesNotHoldUpTheOthers() throws IOException {
        lab.with("a", "b");
        Runnable release = lab.images.serveStuck(Lab.image("web:7"), "Welcome to version 7");
        ContainerService stuck = Lab.service("stuck", 7, 1, lab.port);
        ContainerService web = Lab.service("web", 1, 2, lab.port + 1);
        Deployment<ContainerRuntime> deployment =
                Deployment.named(WEBSITE).on(Lab.home()).runs(stuck).runs(web).provenBy(Lab.smoke(web, "Welcome"));
        Recorded progress = new Recorded();

        List<Cause> causes =
                failed(lab.deployer(Duration.ofMillis(1_500), progress).deploy(deployment));

        assertEquals(1, causes.size(), causes::toString);
        assertTrue(causes.getFirst().what().startsWith("node 'a' did not follow within 1 s"), causes::toString);
        assertTrue(progress.lines().contains("applied b: Changed"), progress.lines()::toString);
        release.run();
    }

    @Test
    void whatWasWithdrawnComesBackUnderItsKey() throws IOException {
        lab.with("a");
        deployed(lab.deployer().deploy(lab.website(1, 1)));
        deployed(lab.deployer().withdraw(WEBSITE));

        assertEquals(1, deployed(lab.deployer().deploy(lab.website(1, 1))).changes());
        assertFalse(told("a").resources().isEmpty());
    }

    @Test
    void theJournalKnowsWhatIsOwnedAndWhatIsGone() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        assertEquals(2, lab.journals.read(WEBSITE).all().size());

        deployed(lab.deployer().withdraw(WEBSITE));

        assertEquals(0, lab.journals.read(WEBSITE).all().size());
    }

    @Test
    void aLostJournalCostsNothingAsTheMeshSaysWhoseAShareIs() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.bucket("journals")
                .entries(KeyPattern.all())
                .entries()
                .forEach(entry -> lab.bucket("journals").delete(entry.key()));

        assertTrue(lab.plan(lab.website(1, 2)).isEmpty());
        assertEquals(1, deployed(lab.deployer().deploy(lab.website(1, 1))).changes());
        assertEquals(1, deployed(lab.deployer().withdraw(WEBSITE)).changes());
        lab.runtimes.values().forEach(runtime -> assertEquals(List.of(), runtime.deployments()));
    }

    @Test
    void anUpdateGoesNodeByNode() throws IOException {
        lab.with("a", "b", "c");
        deployed(lab.deployer().deploy(lab.website(1, 3)));
        Recorded progress = new Recorded();

        deployed(lab.deployer(progress).deploy(lab.website(2, 3)));

        assertEquals(
                List.of(
                        "planned 3",
                        "applying a",
                        "applied a: Changed",
                        "applying b",
                        "applied b: Changed",
                        "applying c",
                        "applied c: Changed",
                        "testing 1"),
                progress.lines());
    }

    @Test
    void anUpdateStopsAtTheFirstNodeThatFails() throws IOException {
        lab.with("a", "b", "c");
        deployed(lab.deployer().deploy(lab.website(1, 3)));
        lab.runtimes.get("b").breakDown(new Cause("podman is away", "node b", "install it"));
        Recorded progress = new Recorded();

        List<Cause> causes = failed(lab.deployer(progress).deploy(lab.website(2, 3)));

        assertEquals(List.of(new Cause("podman is away", "node b", "install it")), causes);
        assertEquals(
                List.of("planned 3", "applying a", "applied a: Changed", "applying b", "applied b: Failed"),
                progress.lines());
        assertEquals(1, lab.runtimes.get("c").done().size());
    }

    @Test
    void anImageThatCannotBePulledFailsWithTheNodesCauseAndTheOldOneGoesOn() throws IOException {
        lab.with("a");
        deployed(lab.deployer().deploy(lab.website(1, 1)));

        Cause cause = failed(lab.deployer().deploy(lab.website(9, 1))).getFirst();

        assertEquals("image 'registry.internal/web:9' cannot be pulled", cause.what());
        deployed(lab.deployer().deploy(lab.website(1, 1)));
    }

    @Test
    void aNodeThatIsLostIsReplacedAndItsShareWithdrawn() throws IOException {
        lab.with("a", "b", "c");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.lose("a");

        DeployResult.Deployed deployed = deployed(lab.deployer().deploy(lab.website(1, 2)));

        assertEquals(2, deployed.changes());
        assertEquals(List.of(), told("a").resources());
        assertFalse(told("c").resources().isEmpty());
        assertTrue(lab.plan(lab.website(1, 2)).isEmpty());
    }

    @Test
    void whileALostNodeIsToleratedItsWorkWaitsForItAndTheRestIsTested() throws IOException {
        lab.with("a", "b", "c");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.missForAMoment("a");

        DeployResult.Deployed deployed = deployed(lab.deployer().deploy(lab.website(1, 2)));

        assertEquals(0, deployed.changes());
        assertEquals(1, deployed.pages().size());
        assertFalse(told("a").resources().isEmpty());
        assertEquals(
                List.of("website.web#0 waits for node 'a', which is lost: it moves when that lasts 60 s longer"),
                lab.plan(lab.website(1, 2)).pending().stream()
                        .map(Pending::toString)
                        .toList());
    }

    @Test
    void withoutAnotherNodeWorkWaitsForItsLostOne() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.lose("a");

        deployed(lab.deployer().deploy(lab.website(2, 2)));

        assertEquals(
                List.of(
                        "website.web#0 waits for node 'a', which is lost: no other node will do; closest is 'b': a node of its own — has a copy already (and 1 more)"),
                lab.plan(lab.website(2, 2)).pending().stream()
                        .map(Pending::toString)
                        .toList());
        lab.comesBack("a");
        Eventually.holds(
                "the node that returns follows",
                () -> lab.plan(lab.website(2, 2)).pending().isEmpty());
        assertEquals(
                2, deployed(lab.deployer().deploy(lab.website(2, 2))).pages().size());
    }

    @Test
    void workThatMayNotMoveWaitsForItsNodeHoweverLong() throws IOException {
        lab.with("a", "b");
        Deployment<ContainerRuntime> stateful = lab.stateful();
        deployed(lab.deployer().deploy(stateful));
        String home = told("a").resources().isEmpty() ? "b" : "a";
        lab.lose(home);
        lab.pass(Duration.ofDays(40));

        Cause cause = failed(lab.deployer().deploy(stateful)).getFirst();

        assertEquals(
                "no replica of service 'web' can be asked: they wait for nodes that are lost, " + home, cause.what());
        assertEquals(
                List.of("website.web#0 waits for node '%s', which is lost: its policy keeps it there".formatted(home)),
                lab.plan(stateful).pending().stream().map(Pending::toString).toList());
        lab.comesBack(home);
        assertEquals(0, deployed(lab.deployer().deploy(stateful)).changes());
    }

    @Test
    void aNodeThatReturnsStopsWhatRunsElsewhereByNow() throws IOException {
        lab.with("a", "b", "c");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.lose("a");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        assertEquals(1, lab.runtimes.get("a").observe(WEBSITE).size());

        lab.comesBack("a");

        Eventually.holds(
                "a stops its replica",
                () -> lab.runtimes.get("a").observe(WEBSITE).isEmpty());
        assertEquals(1, lab.runtimes.get("b").observe(WEBSITE).size());
        assertEquals(1, lab.runtimes.get("c").observe(WEBSITE).size());
        assertTrue(lab.plan(lab.website(1, 2)).isEmpty());
    }

    @Test
    void aWithdrawalEmptiesEveryNode() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));

        assertEquals(2, deployed(lab.deployer().withdraw(WEBSITE)).changes());

        lab.runtimes.values().forEach(runtime -> assertEquals(List.of(), runtime.deployments()));
        assertEquals(0, deployed(lab.deployer().withdraw(WEBSITE)).changes());
    }

    @Test
    void aNodeThatIsLostWhileItIsToHaveNothingLeftIsNotWaitedFor() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.end("b");

        deployed(deployerWhileTimePasses(Duration.ofMinutes(5)).withdraw(WEBSITE));

        assertEquals(List.of("desired-state", "node-state"), kept("b"), "b has to learn of it");
    }

    @Test
    void aNodeThatIsLostOnceItWasToldSomethingNewHasFailed() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.end("a");
        lab.end("b");

        Cause cause = failed(deployerWhileTimePasses(Duration.ofSeconds(2)).deploy(lab.website(2, 2)))
                .getFirst();

        assertTrue(cause.what().endsWith("did not follow within 2 s: it said nothing"), cause.what());
    }

    /** Nodes that ended are lost once anybody is told. */
    private Deployer deployerWhileTimePasses(Duration timeout) {
        return lab.deployer(timeout, new DeployProgress() {
            @Override
            public void planned(DeploymentName deployment, List<NodeChange> changes) {}

            @Override
            public void applying(NodeChange change) {
                lab.pass(Duration.ofMinutes(1));
            }

            @Override
            public void applied(NodeChange change, Outcome outcome) {}

            @Override
            public void testing(int smokeTests) {}
        });
    }

    @Test
    void nothingIsKeptForANodeThatSaidThatItHasNothingLeft() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.lose("b");

        deployed(lab.deployer().withdraw(WEBSITE));

        assertEquals(List.of(), kept("a"));
        assertEquals(List.of("desired-state", "node-state"), kept("b"), "b has to learn of it");

        lab.comesBack("b");
        deployed(lab.deployer().withdraw(WEBSITE));
        deployed(lab.deployer().withdraw(WEBSITE));

        assertEquals(List.of(), kept("b"));
        assertEquals(List.of(), lab.runtimes.get("b").deployments());
    }

    @Test
    void whatIsKeptForANodeThatAnsweredLateIsClearedByWhoeverDeploysAnything() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.lose("b");
        deployed(lab.deployer().withdraw(WEBSITE));
        assertEquals(List.of("desired-state", "node-state"), kept("b"));
        lab.comesBack("b");
        Eventually.holds(
                "b has nothing left, and said so",
                () -> lab.fleet
                        .nodeReports()
                        .state(NodeId.of("b"), WEBSITE)
                        .filter(state ->
                                state.resources().isEmpty() && state.convergence() instanceof Convergence.Converged)
                        .isPresent());
        ContainerService wiki = Lab.service("wiki", 1, 1, lab.port);

        deployed(lab.deployer()
                .deploy(Deployment.named(DeploymentName.of("wiki"))
                        .on(Lab.home())
                        .runs(wiki)
                        .provenBy(Lab.smoke(wiki, "Welcome"))));

        assertEquals(List.of(), kept("b"));
    }

    private List<String> kept(String node) {
        return Stream.of("desired-state", "node-state")
                .filter(bucket ->
                        lab.bucket(bucket).get(Key.of(node, WEBSITE.value())).isPresent())
                .toList();
    }

    @Test
    void whatIsToldSinceThePlanWasMadeIsNotWrittenOver() throws IOException, InterruptedException {
        lab.with("a");
        FleetInterpret mine = lab.interpret(Duration.ofSeconds(30));
        FleetPlan plan = planned(mine.plan(lab.website(1, 1), lab.inventory()));
        DesiredState other = lab.desired(lab.plan(lab.website(2, 1)).changes().getFirst());
        lab.fleet.desiredStates().tell(other, Optional.empty());

        Cause cause = mine.apply(plan).getFirst();

        assertEquals(
                "node 'a' was told something else about deployment 'website' since this plan was made", cause.what());
        assertTrue(cause.next().contains("harmony status"), cause.next());
        assertEquals(other, told("a"));
    }

    @Test
    void whatANewerVersionToldIsNotWrittenOverAndSaidSo() throws IOException {
        lab.with("a");
        Payload newer = Payload.of("{\"version\":2}");
        lab.bucket("desired-state").put(Key.of("a", "website"), newer);

        Cause cause = failed(lab.deployer().deploy(lab.website(1, 1))).getFirst();

        assertTrue(cause.what().contains("form 2; form 1 is the newest known here"), cause.what());
        assertTrue(cause.where().contains("a.website"), cause.where());
        assertEquals(
                newer,
                lab.bucket("desired-state")
                        .get(Key.of("a", "website"))
                        .orElseThrow()
                        .value());
    }

    @Test
    void aNodeThatDoesNotFollowInTimeIsNamedWithWhatItLastSaid() throws IOException, InterruptedException {
        lab.images.serveSick(Lab.image("web:8"));
        lab.with("a");
        FleetInterpret impatient = lab.interpret(Duration.ofMillis(500));

        Cause cause = impatient
                .apply(planned(impatient.plan(lab.website(8, 1), lab.inventory())))
                .getFirst();

        assertTrue(cause.what().startsWith("node 'a' did not follow within 0 s: it is still converging"), cause.what());
        assertTrue(cause.next().contains("`harmony node show a`"), cause.next());
    }

    @Test
    void whatAnEarlierDeployBeganIsWaitedForBeforeTheTest() throws IOException {
        lab.with("a");
        Runnable release = lab.images.serveStuck(Lab.image("web:7"), "Welcome to version 7");
        DesiredState wanted = lab.desired(lab.plan(lab.website(7, 1)).changes().getFirst());
        lab.fleet.desiredStates().tell(wanted, Optional.empty());
        AtomicReference<DeployResult> result = new AtomicReference<>();
        Recorded progress = new Recorded();

        Thread deploying =
                Thread.ofVirtual().start(() -> result.set(lab.deployer(progress).deploy(lab.website(7, 1))));
        Eventually.holds("planned", () -> progress.lines().contains("planned 0"));
        release.run();
        join(deploying);

        assertEquals(0, deployed(result.get()).changes());
    }

    @Test
    void anInterruptedDeployEndsAtOnceAndTellsNobodyElse() throws IOException {
        lab.with("a", "b");
        lab.images.serveStuck(Lab.image("web:7"), "never");
        Recorded progress = new Recorded();
        AtomicReference<DeployResult> result = new AtomicReference<>();
        Thread deploying = Thread.ofVirtual()
                .start(() ->
                        result.set(lab.deployer(Duration.ofDays(1), progress).deploy(lab.website(7, 2))));
        Eventually.holds(
                "both are waited for", () -> progress.lines().containsAll(List.of("applying a", "applying b")));

        deploying.interrupt();
        join(deploying);

        Cause cause = failed(result.get()).getFirst();
        assertTrue(cause.what().contains("interrupted"), cause.what());
        assertFalse(progress.lines().contains("testing 1"), progress.lines()::toString);
    }

    @Test
    void anInterruptedUpdateTellsNoFurtherNode() throws IOException {
        lab.with("a", "b");
        deployed(lab.deployer().deploy(lab.website(1, 2)));
        lab.images.serveStuck(Lab.image("web:7"), "never");
        Recorded progress = new Recorded();
        AtomicReference<DeployResult> result = new AtomicReference<>();
        Thread deploying = Thread.ofVirtual()
                .start(() ->
                        result.set(lab.deployer(Duration.ofDays(1), progress).deploy(lab.website(7, 2))));
        Eventually.holds("the first is waited for", () -> progress.lines().contains("applying a"));

        deploying.interrupt();
        join(deploying);

        assertTrue(failed(result.get()).getFirst().what().contains("interrupted"), result::toString);
        assertTrue(told("b").resources().toString().contains("web:1"), told("b")::toString);
    }

    @Test
    void aMeshThatGoesAwayDuringADeployIsTold() throws IOException {
        lab.with("a");
        lab.mesh.cut();

        assertThrows(MeshUnavailableException.class, () -> lab.deployer().deploy(lab.website(1, 1)));
    }

    @Test
    void aMeshThatStaysAwayEndsTheWaitForNodes() throws Exception {
        lab.with("a");
        lab.images.serveStuck(Lab.image("web:7"), "never");
        Instant began = Instant.now();
        InstantSource fast =
                () -> began.plus(Duration.between(began, Instant.now()).multipliedBy(60));
        FleetInterpret waiting = lab.interpret(Duration.ofDays(1), fast);
        FleetPlan plan = planned(waiting.plan(lab.website(7, 1), lab.inventory()));
        FutureTask<List<Cause>> applying = new FutureTask<>(() -> waiting.apply(plan));
        Thread.ofVirtual().start(applying);
        Eventually.holds(
                "the node is told",
                () -> lab.fleet.desiredStates().of(NodeId.of("a"), WEBSITE).isPresent());

        lab.mesh.cut();

        ExecutionException end = assertThrows(ExecutionException.class, () -> applying.get(30, TimeUnit.SECONDS));
        assertInstanceOf(MeshUnavailableException.class, end.getCause());
        lab.mesh.restore();
    }

    @Test
    void withoutAnyNodeTheCauseCountsThem() {
        Cause cause = failed(lab.deployer().deploy(lab.website(1, 1))).getFirst();

        assertTrue(cause.what().contains("none of 0 nodes will do"), cause.what());
    }

    @Test
    void aReplicaThatCrashesComesBackAndTheDeployStillHolds() throws IOException {
        lab.with("a");
        deployed(lab.deployer().deploy(lab.website(1, 1)));
        lab.runtimes.get("a").crash(WEBSITE, ContainerName.of("web"));
        Eventually.holds("it is back", () -> lab.runtimes.get("a").done().size() == 2);

        deployed(lab.deployer().deploy(lab.website(1, 1)));
    }

    private DesiredState told(String node) {
        return lab.inventory().nodes().stream()
                .filter(status -> status.info().id().equals(NodeId.of(node)))
                .map(status -> status.desired().get(WEBSITE).value())
                .findFirst()
                .orElseThrow();
    }

    private static FleetPlan planned(Planning<FleetPlan> planning) {
        return assertInstanceOf(Planning.Planned.class, planning).plan() instanceof FleetPlan plan
                ? plan
                : fail("no plan");
    }

    private static void join(Thread thread) {
        Eventually.holds("the deploy ends", () -> !thread.isAlive());
    }

    private static DeployResult.Deployed deployed(DeployResult result) {
        return assertInstanceOf(DeployResult.Deployed.class, result, result::toString);
    }

    private static List<Cause> failed(DeployResult result) {
        return assertInstanceOf(DeployResult.Failed.class, result, result::toString)
                .causes();
    }
}
