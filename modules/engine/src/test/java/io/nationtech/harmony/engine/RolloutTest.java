package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.DesiredStateForm;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.FailureBudget;
import io.nationtech.harmony.domain.rollout.OnFailure;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.WaveSize;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.json.JsonFleetCodec;
import io.nationtech.harmony.journal.mesh.MeshJournals;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many nodes that get another version, some of which do not bear it. */
class RolloutTest {
    private static final DeploymentName SHOP = DeploymentName.of("shop");
    private static final int NODES = 40;

    private final Set<NodeId> told = ConcurrentHashMap.newKeySet();

    @Test
    void aThousandNodesGetWhatIsNewAndThenAnotherVersion() {
        try (Mesh mesh = mesh();
                StubPage page = StubPage.serve();
                StubNodes _ = StubNodes.start(mesh, 1_000)) {
            Fleet fleet = fleet(mesh);

            DeployResult first = deploy(mesh, shop(1, 1_000, page.port(), Rollout.DEFAULT));
            DeployResult second = deploy(mesh, shop(2, 1_000, page.port(), Rollout.DEFAULT));

            assertEquals(1_000, requireDeployed(first).changes());
            assertEquals(1_000, requireDeployed(second).changes());
            assertEquals(Map.of("web:2", 1_000L), images(fleet));
        }
    }

    @Test
    void aCanaryThatFailsIsTheOnlyNodeThatIsTouched() {
        Rollout careful = Rollout.DEFAULT.canaries(1).waves(WaveSize.share(50)).mayFail(new FailureBudget(5));

        DeployResult result = update(careful, Set.of(StubNodes.id(0)), images -> {
            assertEquals(Map.of("web:1", NODES - 1L, "web:2", 1L), images);
        });

        assertEquals(
                List.of("n0000 is out of disk"),
                assertInstanceOf(DeployResult.Failed.class, result).causes().stream()
                        .map(Cause::what)
                        .toList());
    }

    @Test
    void withinTheBudgetTheOthersGoOn() {
        Rollout bold = Rollout.DEFAULT.waves(WaveSize.nodes(10)).mayFail(new FailureBudget(1));

        DeployResult result =
                update(bold, Set.of(StubNodes.id(3)), images -> assertEquals(Map.of("web:2", (long) NODES), images));

        assertEquals(NODES, told.size());
        assertEquals(
                List.of("n0003 is out of disk"),
                requireDeployed(result).tolerated().stream().map(Cause::what).toList());
    }

    @Test
    void whoFailedWithinTheBudgetIsTriedAndNamedAgainByTheNextDeploy() {
        Set<NodeId> weak = ConcurrentHashMap.newKeySet();
        Function<DesiredState, Convergence> answer = state -> weak.contains(state.node())
                ? new Convergence.Failed(new Cause(state.node() + " is out of disk", "node", "make room"))
                : new Convergence.Converged();
        Rollout bold = Rollout.DEFAULT.mayFail(new FailureBudget(1));
        try (Mesh mesh = mesh();
                StubPage page = StubPage.serve();
                StubNodes _ = StubNodes.start(mesh, 4, answer)) {
            weak.add(StubNodes.id(2));
            requireDeployed(deploy(mesh, shop(1, 4, page.port(), bold)));

            DeployResult again = deploy(mesh, shop(1, 4, page.port(), bold));
            DeployResult strict = deploy(mesh, shop(1, 4, page.port(), Rollout.DEFAULT));
            weak.clear();
            DeployResult healed = deploy(mesh, shop(1, 4, page.port(), bold));

            assertEquals(1, requireDeployed(again).tolerated().size());
            assertInstanceOf(DeployResult.Failed.class, strict);
            assertEquals(List.of(), requireDeployed(healed).tolerated());
        }
    }

    @Test
    void whenTooManyFailAllThatWereReachedGoBack() {
        Rollout cautious = Rollout.DEFAULT.waves(WaveSize.nodes(10)).onFailure(OnFailure.ROLL_BACK);

        DeployResult result = update(
                cautious,
                Set.of(StubNodes.id(17), StubNodes.id(33)),
                images -> assertEquals(Map.of("web:1", (long) NODES), images));

        List<Cause> causes = assertInstanceOf(DeployResult.Failed.class, result).causes();
        assertTrue(causes.getFirst().what().startsWith("the rollout went back"), causes::toString);
        assertTrue(told.size() < NODES, () -> told.size() + " nodes were told");
    }

    @Test
    void aNodeIsToldWhenToGoBackByItselfUnlessItIsToldToGoBackOrItsAgentDoesNotKnowThat() {
        NodeId old = StubNodes.id(2);
        Map<NodeId, List<String>> heard = new ConcurrentHashMap<>();
        Function<DesiredState, Convergence> answer = state -> {
            String image = state.resources().toString().contains("web:2") ? "web:2" : "web:1";
            heard.computeIfAbsent(state.node(), _ -> new CopyOnWriteArrayList<>())
                    .add(image
                            + state.rollback()
                                    .map(pace -> " within " + pace.deadline())
                                    .orElse(""));
            return image.equals("web:2") && state.node().equals(StubNodes.id(1))
                    ? new Convergence.Failed(new Cause("out of disk", "node", "make room"))
                    : new Convergence.Converged();
        };
        Rollout cautious = Rollout.DEFAULT.waves(WaveSize.nodes(3)).onFailure(OnFailure.ROLL_BACK);
        try (Mesh mesh = mesh();
                StubPage page = StubPage.serve();
                StubNodes _ = StubNodes.start(mesh, 3, answer)) {
            registerAsOld(fleet(mesh), old);

            requireDeployed(deploy(mesh, shop(1, 3, page.port(), cautious)));
            assertInstanceOf(DeployResult.Failed.class, deploy(mesh, shop(2, 3, page.port(), cautious)));
        }

        List<String> knowing = List.of("web:1 within PT1M", "web:2 within PT1M", "web:1");
        assertEquals(
                Map.of(StubNodes.id(0), knowing, StubNodes.id(1), knowing, old, List.of("web:1", "web:2", "web:1")),
                heard);
    }

    /** Its agent does not say what it can be told. */
    private static void registerAsOld(Fleet fleet, NodeId id) {
        NodeInfo now = fleet.inventory().nodes().stream()
                .map(NodeStatus::info)
                .filter(info -> info.id().equals(id))
                .findFirst()
                .orElseThrow();
        fleet.nodeReports()
                .register(new NodeInfo(
                        id,
                        now.location(),
                        now.address(),
                        now.machine(),
                        new NodeInfo.Agent(
                                "0.0.9",
                                now.agent().capabilities(),
                                now.agent().kinds(),
                                now.agent().key(),
                                DesiredStateForm.DEFAULT)));
    }

    @Test
    void noMoreThanAWaveIsToldBeforeItHasFollowed() {
        Rollout small = Rollout.DEFAULT.waves(WaveSize.nodes(7));

        DeployResult result = update(small, Set.of(StubNodes.id(0)), images -> {});

        assertInstanceOf(DeployResult.Failed.class, result);
        assertTrue(told.size() <= 7, () -> told + " were told");
    }

    private static DeployResult.Deployed requireDeployed(DeployResult result) {
        return assertInstanceOf(DeployResult.Deployed.class, result, result::toString);
    }

    private interface Look {
        void at(Map<String, Long> images);
    }

    /** Brings version 1 to all nodes, and then version 2, which some do not bear. */
    private DeployResult update(Rollout rollout, Set<NodeId> weak, Look look) {
        Function<DesiredState, Convergence> answer = state -> {
            if (state.resources().toString().contains("web:2")) {
                told.add(state.node());
                if (weak.contains(state.node())) {
                    return new Convergence.Failed(
                            new Cause(state.node() + " is out of disk", "node " + state.node(), "make room"));
                }
            }
            return new Convergence.Converged();
        };
        try (Mesh mesh = mesh();
                StubPage page = StubPage.serve();
                StubNodes _ = StubNodes.start(mesh, NODES, answer)) {
            requireDeployed(deploy(mesh, shop(1, NODES, page.port(), rollout)));
            DeployResult result = deploy(mesh, shop(2, NODES, page.port(), rollout));
            look.at(images(fleet(mesh)));
            return result;
        }
    }

    private static Map<String, Long> images(Fleet fleet) {
        return fleet.inventory().nodes().stream()
                .flatMap(node -> node.desired().values().stream())
                .map(state -> state.value().resources().toString())
                .flatMap(text -> IntStream.rangeClosed(1, 2)
                        .mapToObj(version -> "web:" + version)
                        .filter(text::contains))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Deployment<?> shop(int version, int replicas, int port, Rollout rollout) {
        ContainerService web = Lab.service("web", version, replicas, port);
        return Deployment.named(SHOP)
                .on(Lab.home())
                .runs(web)
                .provenBy(Lab.smoke(web, "Welcome").within(Duration.ofMinutes(1)))
                .rollout(rollout);
    }

    private static Mesh mesh() {
        Mesh mesh = new InProcessHub().connect();
        fleet(mesh).ensureBuckets();
        return mesh;
    }

    private static Fleet fleet(Mesh mesh) {
        return new Fleet(mesh, new JsonFleetCodec());
    }

    private static DeployResult deploy(Mesh mesh, Deployment<?> deployment) {
        return new Deployer(
                        fleet(mesh),
                        new MeshJournals(
                                mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {}),
                        Author.of("author"),
                        ApplyTerms.careful(Duration.ofSeconds(60), DeployProgress.silent())
                                .noticedAfter(Duration.ZERO))
                .deploy(deployment);
    }
}
