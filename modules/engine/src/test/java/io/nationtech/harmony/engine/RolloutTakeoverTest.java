package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.rollout.FailureBudget;
import io.nationtech.harmony.domain.rollout.OnFailure;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.WaveSize;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollouts whose runner ends in the middle, and others that carry them on without knowing the deployment. */
class RolloutTakeoverTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final int NODES = 6;
    private static final int MOST_OUT = 2;
    private static final Duration LAPSED = Duration.ofSeconds(17);

    /** How a rollout ends. */
    enum Story {
        ALL_FOLLOW(Rollout.DEFAULT.waves(WaveSize.nodes(MOST_OUT)), Set.of()),
        ONE_MAY_FAIL(Rollout.DEFAULT.waves(WaveSize.nodes(MOST_OUT)).mayFail(new FailureBudget(1)), Set.of(2)),
        ALL_GO_BACK(Rollout.DEFAULT.waves(WaveSize.nodes(MOST_OUT)).onFailure(OnFailure.ROLL_BACK), Set.of(3)),
        THE_CANARY_FAILS(Rollout.DEFAULT.canaries(1).waves(WaveSize.nodes(MOST_OUT)), Set.of(0));

        final Rollout terms;
        final Set<Integer> weak;

        Story(Rollout terms, Set<Integer> weak) {
            this.terms = terms;
            this.weak = weak;
        }
    }

    /** Whoever runs it ends after one write more each time. */
    @ParameterizedTest
    @EnumSource
    void whereverItsRunnerEndsAnotherBringsItToTheSameEnd(Story story) throws Exception {
        End expected;
        int writes;
        try (World world = World.memory(story)) {
            AtomicInteger counted = new AtomicInteger();
            world.deploy(WatchedWrites.of(world.mesh, (bucket, _) -> {
                if (isOfRollout(bucket)) {
                    counted.incrementAndGet();
                }
            }));
            writes = counted.get();
            expected = world.end();
            assertTrue(world.mostOut() <= MOST_OUT, () -> world.mostOut() + " were out at once");
        }
        assertTrue(writes > 2 * MOST_OUT, () -> "it wrote " + writes + " times");
        for (int at = 0; at < writes; at++) {
            try (World world = World.memory(story)) {
                AtomicInteger left = new AtomicInteger(at);
                AtomicInteger after = new AtomicInteger();
                world.deployAndDie(WatchedWrites.of(world.mesh, (bucket, _) -> {
                    if (after.get() > 0 || (isOfRollout(bucket) && left.getAndDecrement() == 0)) {
                        after.incrementAndGet();
                        throw new Died();
                    }
                }));
                world.endLease();

                world.carryOnOrDeploy();

                assertEquals(expected, world.end(), "after %d of %d writes".formatted(at, writes));
                if (expected.verdict().equals("done")) {
                    assertEquals(List.of(), world.unsettled(), "after %d of %d writes".formatted(at, writes));
                }
                assertTrue(
                        world.mostOut() <= MOST_OUT,
                        "%d were out at once, after %d of %d writes".formatted(world.mostOut(), at, writes));
            }
        }
    }

    /** Ends a runner, whatever it holds. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static boolean isOfRollout(BucketName bucket) {
        return Set.of("rollouts", "rollout-changes", "desired-state", "journals")
                .contains(bucket.value());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL_FOLLOW", "ALL_GO_BACK"})
    void whatARunnerThatSleptWantedToTellDoesNotComeThrough(Story story) throws Exception {
        NodeId first = StubNodes.id(story == Story.ALL_FOLLOW ? 0 : 3);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        try (World world = World.memory(story);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Mesh slow = WatchedWrites.of(world.mesh, (bucket, key) -> {
                if (bucket.value().equals("desired-state")
                        && key.equals(Key.of(first.value(), SHOP.value()))
                        && reached.getCount() > 0) {
                    reached.countDown();
                    await(awake);
                }
            });
            Future<DeployResult> sleeper = threads.submit(() -> world.deploy(slow));
            assertTrue(reached.await(20, TimeUnit.SECONDS), "nothing was told");
            world.endLease();

            world.carryOnOrDeploy();
            Versioned<DesiredState> before = world.told(first);
            awake.countDown();

            assertInstanceOf(DeployResult.Failed.class, sleeper.get(30, TimeUnit.SECONDS));
            assertEquals(before, world.told(first));
            assertEquals(
                    story == Story.ALL_FOLLOW ? "done" : "rolled-back",
                    world.end().verdict());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void ofTwoWhoWantToCarryItOnOneDoes() throws Exception {
        try (World world = World.memory(Story.ALL_FOLLOW)) {
            oneCarriesOn(world);
        }
    }

    @Test
    void ofTwoWhoWantToCarryItOnOneDoesOverARealServer() throws Exception {
        try (NatsServer server = NatsServer.start();
                World world = World.over(
                        Story.ALL_FOLLOW,
                        () -> NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), "test")))) {
            oneCarriesOn(world);
        }
    }

    private static void oneCarriesOn(World world) throws Exception {
        world.deployAndDieIn("desired-state", 3);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Mesh one = world.connect();
                Mesh other = world.connect()) {
            List<Future<Optional<DeployResult>>> both = List.of(
                    threads.submit(() -> world.deployer(one, "one@node").carryOn(SHOP)),
                    threads.submit(() -> world.deployer(other, "other@node").carryOn(SHOP)));
            int did = 0;
            for (Future<Optional<DeployResult>> result : both) {
                did += result.get(60, TimeUnit.SECONDS)
                                .filter(DeployResult.Deployed.class::isInstance)
                                .isPresent()
                        ? 1
                        : 0;
            }

            assertEquals(1, did);
            assertEquals("done", world.end().verdict());
            assertTrue(world.mostOut() <= MOST_OUT, () -> world.mostOut() + " were out at once");
        }
    }

    @Test
    void pausedItEndsWhatIsUnderWayAndGoesOnOnceItIsResumed() throws Exception {
        try (World world = World.memory(Story.ALL_FOLLOW)) {
            AtomicInteger told = new AtomicInteger();
            DeployResult paused = world.deploy(WatchedWrites.of(world.mesh, (bucket, _) -> {
                if (bucket.value().equals("desired-state") && told.incrementAndGet() == 1) {
                    world.order(new Verdict.Paused(
                            Author.of("ops@desk"), InstantSource.system().instant()));
                }
            }));

            assertEquals(
                    "the rollout is paused by ops@desk",
                    assertInstanceOf(DeployResult.Failed.class, paused)
                            .causes()
                            .getFirst()
                            .what()
                            .replaceAll(" since .*", ""));
            assertEquals(Map.of("web:1", NODES - 2L, "web:2", 2L), world.images());
            assertInstanceOf(
                    DeployResult.Failed.class,
                    world.deployer(world.mesh, "one@node").carryOn(SHOP).orElseThrow());
            assertInstanceOf(DeployResult.Failed.class, world.deploy(world.mesh));

            world.order(new Verdict.Running());
            assertInstanceOf(
                    DeployResult.Deployed.class,
                    world.deployer(world.mesh, "one@node").carryOn(SHOP).orElseThrow());
            assertEquals(Map.of("web:2", (long) NODES), world.images());
        }
    }

    @Test
    void theSameIsNotTriedAgainAfterItWasRolledBackUnlessThatIsWanted() throws Exception {
        try (World world = World.memory(Story.ALL_GO_BACK)) {
            world.deploy(world.mesh);

            DeployResult again = world.deploy(world.mesh);
            world.mend();
            DeployResult anew =
                    world.deployer(world.mesh, ApplyTerms.Precedent.OVERRULED).deploy(world.shop(2));

            assertTrue(
                    assertInstanceOf(DeployResult.Failed.class, again)
                            .causes()
                            .getFirst()
                            .what()
                            .startsWith("just this was rolled back"),
                    again::toString);
            assertInstanceOf(DeployResult.Deployed.class, anew);
        }
    }

    @Test
    void afterACanaryFailedTheNextDeployTriesTheSameCanaryBeforeAnyOther() throws Exception {
        try (World world = World.memory(Story.THE_CANARY_FAILS)) {
            world.deploy(world.mesh);

            DeployResult inVain = world.deploy(world.mesh);
            assertInstanceOf(DeployResult.Failed.class, inVain);
            assertEquals(Map.of("web:1", NODES - 1L, "web:2", 1L), world.images());
            world.mend();
            assertInstanceOf(DeployResult.Deployed.class, world.deploy(world.mesh));

            assertEquals(Map.of("web:2", (long) NODES), world.images());
        }
    }

    @Test
    void nothingIsLeftOfAWithdrawnDeploymentsRollout() throws Exception {
        try (World world = World.memory(Story.ALL_FOLLOW)) {
            world.deploy(world.mesh);
            assertInstanceOf(
                    DeployResult.Deployed.class,
                    world.deployer(world.mesh, "one@node").withdraw(SHOP));

            assertEquals(Optional.empty(), world.fleet().rollouts().of(SHOP));
            assertEquals(List.of(), world.fleet().rollouts().changes(SHOP));
        }
    }

    /** What is to be the same however often a rollout changed hands. */
    record End(String verdict, SortedMap<NodeId, String> progress, Map<String, Long> images, int changesLeft) {}

    /** Nodes with version 1, of which some do not bear version 2. */
    private static final class World implements AutoCloseable {
        final Mesh mesh;
        private final Callable<? extends Mesh> connections;
        private final Story story;
        private final StubPage page = StubPage.serve();
        private final StubNodes nodes;
        private final AtomicLong passed = new AtomicLong();
        private final Set<Integer> weak = ConcurrentHashMap.newKeySet();
        private final Set<NodeId> told = ConcurrentHashMap.newKeySet();
        private final AtomicInteger mostOut = new AtomicInteger();

        private World(Story story, Callable<? extends Mesh> connections) throws Exception {
            this.story = story;
            this.connections = connections;
            this.mesh = connections.call();
            this.weak.addAll(story.weak);
            fleet().ensureBuckets();
            this.nodes = StubNodes.start(mesh, NODES, this::answer);
            assertInstanceOf(
                    DeployResult.Deployed.class, deployer(mesh, "first@desk").deploy(shop(1)), "version 1 is deployed");
        }

        static World memory(Story story) throws Exception {
            InProcessHub hub = new InProcessHub();
            return new World(story, hub::connect);
        }

        static World over(Story story, Callable<? extends Mesh> connections) throws Exception {
            return new World(story, connections);
        }

        Mesh connect() throws Exception {
            return connections.call();
        }

        Fleet fleet() {
            return new Fleet(mesh, new JsonFleetCodec());
        }

        private Convergence answer(DesiredState state) {
            if (!isSecond(state)) {
                told.remove(state.node());
                return new Convergence.Converged();
            }
            told.add(state.node());
            mostOut.accumulateAndGet(out(), Math::max);
            return weak.stream().map(StubNodes::id).anyMatch(state.node()::equals)
                    ? new Convergence.Failed(new Cause("out of disk", "node " + state.node(), "make room"))
                    : new Convergence.Converged();
        }

        /** Of those that are told version 2, how many do not say that they have it. */
        private int out() {
            Map<NodeId, NodeState> said = fleet().nodeReports().states(SHOP).stream()
                    .collect(Collectors.toMap(NodeState::node, state -> state));
            Map<NodeId, Versioned<DesiredState>> now = fleet().inventory().nodes().stream()
                    .flatMap(node -> node.desired().values().stream())
                    .collect(Collectors.toMap(state -> state.value().node(), state -> state));
            return (int) told.stream()
                    .filter(node -> !(said.get(node).convergence() instanceof Convergence.Converged)
                            || said.get(node).revision() < now.get(node).revision())
                    .count();
        }

        int mostOut() {
            return mostOut.get();
        }

        private static boolean isSecond(DesiredState state) {
            return state.resources().toString().contains("web:2");
        }

        /** All nodes bear everything from now on. */
        void mend() {
            weak.clear();
        }

        Deployment<?> shop(int version) {
            ContainerService web = Lab.service("web", version, NODES, page.port());
            return Deployment.named(SHOP)
                    .on(Lab.home())
                    .runs(web)
                    .provenBy(Lab.smoke(web, "Welcome").within(Duration.ofMinutes(1)))
                    .rollout(story.terms);
        }

        Deployer deployer(Mesh over, String author) {
            return deployer(over, author, ApplyTerms.careful(Duration.ofSeconds(30), DeployProgress.silent()));
        }

        Deployer deployer(Mesh over, ApplyTerms.Precedent precedent) {
            ApplyTerms careful = ApplyTerms.careful(Duration.ofSeconds(30), DeployProgress.silent());
            return deployer(
                    over, "desk", new ApplyTerms(careful.timeout(), careful.consent(), careful.progress(), precedent));
        }

        /** Shares that the journal says were begun only. */
        List<ResourceId> unsettled() {
            return journals(mesh).read(SHOP).all().entrySet().stream()
                    .filter(share -> share.getValue().settled() == Ledger.Settled.NO)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        /** Somebody else's lease lapses as soon as it was seen, unless they renew it. */
        private Deployer deployer(Mesh over, String author, ApplyTerms terms) {
            return new Deployer(
                    new Fleet(over, new JsonFleetCodec()),
                    journals(over),
                    Author.of(author),
                    terms.noticedAfter(Duration.ZERO));
        }

        private MeshJournals journals(Mesh over) {
            return new MeshJournals(
                    over,
                    InstantSource.system(),
                    () -> System.nanoTime() + passed.get(),
                    RandomGenerator.getDefault(),
                    _ -> {});
        }

        DeployResult deploy(Mesh over) {
            return deployer(over, "desk").deploy(shop(2));
        }

        void deployAndDie(Mesh over) {
            try {
                deployer(over, "dead@desk").deploy(shop(2));
            } catch (Throwable e) {
                // It died, in one way or another.
            }
        }

        void deployAndDieIn(String bucket, int write) {
            AtomicInteger left = new AtomicInteger(write);
            AtomicInteger dead = new AtomicInteger();
            deployAndDie(WatchedWrites.of(mesh, (in, _) -> {
                if (dead.get() > 0 || (in.value().equals(bucket) && left.decrementAndGet() == 0)) {
                    dead.incrementAndGet();
                    throw new Died();
                }
            }));
            passed.addAndGet(LAPSED.toNanos());
            endLease();
        }

        /** What a lease that lapsed comes to. */
        void endLease() {
            mesh.bucket(new BucketName("leases")).delete(Key.of("deployment", SHOP.value()));
        }

        /** An operator carries it on; where nothing is there to be carried on, somebody deploys again. */
        void carryOnOrDeploy() {
            boolean isLeft = fleet().rollouts()
                    .of(SHOP)
                    .map(Versioned::value)
                    .map(RolloutRecord::progress)
                    .filter(progress -> !progress.verdict().isFinal())
                    .isPresent();
            if (isLeft) {
                deployer(mesh, "agent@node").carryOn(SHOP);
            } else {
                deploy(mesh);
            }
        }

        Versioned<DesiredState> told(NodeId node) {
            return Optional.ofNullable(fleet().reading(node)
                            .orElseThrow()
                            .status()
                            .desired()
                            .get(SHOP))
                    .orElseThrow();
        }

        /** By somebody with the right to. */
        void order(Verdict verdict) {
            Eventually.holds("the order is written", () -> {
                Versioned<RolloutRecord> now = fleet().rollouts().of(SHOP).orElseThrow();
                return fleet().rollouts().write(now.value().with(verdict), now.revision()) instanceof Written.At;
            });
        }

        Map<String, Long> images() {
            return fleet().inventory().nodes().stream()
                    .flatMap(node -> node.desired().values().stream())
                    .map(state -> isSecond(state.value()) ? "web:2" : "web:1")
                    .collect(Collectors.groupingBy(image -> image, Collectors.counting()));
        }

        End end() {
            return fleet().rollouts()
                    .of(SHOP)
                    .map(Versioned::value)
                    .map(record -> new End(
                            kebab(record.progress().verdict()),
                            record.progress().nodes().entrySet().stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            node -> kebab(node.getValue()),
                                            (one, _) -> one,
                                            TreeMap::new)),
                            images(),
                            fleet().rollouts().changes(SHOP).size()))
                    .orElseGet(() -> new End("none", new TreeMap<>(), images(), 0));
        }

        private static String kebab(Object value) {
            return value.getClass()
                    .getSimpleName()
                    .replaceAll("(?<=.)(?=[A-Z])", "-")
                    .toLowerCase(Locale.ROOT);
        }

        @Override
        public void close() {
            nodes.close();
            page.close();
            mesh.close();
        }
    }
}
