package io.nationtech.harmony.engine;

import static io.nationtech.harmony.engine.Lab.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.score.PrivateService;
import io.nationtech.harmony.domain.score.Together;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.mesh.contract.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web site with its private database: on one node or on none, from the first deploy to the last. */
class TogetherTest {
    private static final ServiceName SHOP = ServiceName.of("shop");
    private static final EnvName DB = EnvName.of("DB_HOST");

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

    private static PrivateService hidden(String name, int version) {
        return ContainerService.named(ServiceName.of(name))
                .image(Lab.image("web:" + version))
                .publishesNothing()
                .withoutProbe()
                .memoryLimit(Memory.mebibytes(64));
    }

    private ContainerService web(int version) {
        return Lab.service("web", version, 1, lab.port);
    }

    private Deployment<ContainerRuntime> shop(int version, PrivateService db) {
        ContainerService web = web(version);
        return Deployment.named(WEBSITE)
                .on(Lab.home())
                .runs(Together.of(SHOP, web.env(DB, db.host()), db))
                .provenBy(Lab.smoke(web, "Welcome to version " + version));
    }

    private int deploy(Deployment<?> deployment) {
        return assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(deployment))
                .changes();
    }

    /** What nodes run. */
    private Map<String, List<String>> running() {
        Map<String, List<String>> running = new TreeMap<>();
        lab.runtimes.forEach((node, runtime) -> running.put(
                node,
                runtime.observe(WEBSITE).stream()
                        .map(container -> container.name().value())
                        .toList()));
        return running;
    }

    @Test
    void theyAreDeployedChangedRepairedAndWithdrawnOnOneNode() throws IOException {
        lab.with("a", "b", "c");
        PrivateService db = hidden("words", 1);

        assertEquals(1, deploy(shop(1, db)));
        assertEquals(Map.of("a", List.of("web", "words"), "b", List.of(), "c", List.of()), running());
        assertEquals(
                List.of("started words of registry.internal/web:1", "started web of registry.internal/web:1"),
                lab.runtimes.get("a").done(),
                "who is used starts first");
        assertEquals(0, deploy(shop(1, db)));

        assertEquals(1, deploy(shop(2, db)));
        assertEquals(
                List.of("started web of registry.internal/web:2"),
                lab.runtimes.get("a").done().subList(2, 3),
                "the database goes on");

        lab.runtimes.get("a").crash(WEBSITE, ContainerName.of("words"));
        Eventually.holds(
                "the database runs again",
                () -> lab.runtimes.get("a").done().getLast().equals("started words of registry.internal/web:1"));

        lab.deployer().withdraw(WEBSITE);
        Eventually.holds("nothing is left", () -> running().values().stream().allMatch(List::isEmpty));
    }

    @Test
    void theyMoveTogether() throws IOException {
        lab.with("a", "b");
        PrivateService db = hidden("db", 1);
        deploy(shop(1, db));

        lab.lose("a");
        deploy(shop(1, db));

        assertEquals(List.of("db", "web"), running().get("b"));
    }

    @Test
    void whatJoinsThemComesToWhereTheyAre() throws IOException {
        lab.with("m");
        PrivateService db = hidden("db", 1);
        deploy(shop(1, db));
        // A node that would be taken first, were they placed anew.
        lab.with("a");

        PrivateService cache = hidden("cache", 1);
        ContainerService web = web(1);
        deploy(Deployment.named(WEBSITE)
                .on(Lab.home())
                .runs(Together.of(SHOP, cache, web.env(DB, db.host()).env(EnvName.of("CACHE"), cache.host()), db))
                .provenBy(Lab.smoke(web, "Welcome to version 1")));

        assertEquals(Map.of("a", List.of(), "m", List.of("cache", "db", "web")), running());
    }

    @Test
    void whoeverRanApartBeforeIsBroughtTogetherWhereOneOfThemWas() throws IOException {
        lab.with("a", "b");
        PrivateService db = hidden("db", 1);
        ContainerService web = web(1);
        deploy(Deployment.named(WEBSITE).on(Lab.home()).runs(db).runs(web).provenBy(Lab.smoke(web, "Welcome")));

        deploy(shop(1, db));

        assertEquals(
                List.of(List.of(), List.of("db", "web")),
                running().values().stream()
                        .sorted((one, other) -> Integer.compare(one.size(), other.size()))
                        .toList());
    }

    @Test
    void aNodeWhoseAgentKnowsNoSuchNetworksIsNamedBeforeAnythingIsWritten() {
        NodeStatus node = Homes.node("a", "rack");
        NodeStatus old = new NodeStatus(
                node.info().knowing(Map.of(KindName.of("container"), 4)),
                node.liveness(),
                node.hardware(),
                node.desired());

        assertEquals(
                "the agents of 1 nodes do not know resource kind 'container' in version 5 of its form: a",
                Homes.why(shop(1, hidden("db", 1)), List.of(old)));
    }

    @Test
    void onANodeThatHasRoomForOneAloneThereIsNone() {
        List<NodeStatus> nodes = List.of(Homes.node("a", "rack"), Homes.node("b", "rack"));
        PrivateService db = hidden("db", 1).memoryLimit(Memory.gibibytes(5));
        ContainerService web = web(1).memoryLimit(Memory.gibibytes(5));
        Deployment<?> together = Deployment.named(WEBSITE)
                .on(Lab.home())
                .runs(Together.of(SHOP, web, db))
                .provenBy(Lab.smoke(web, "Welcome"));

        String why = Homes.why(together, nodes);

        assertTrue(
                why.startsWith(
                        "service 'shop' has no place for 1 of 1 replicas: none of 2 nodes will do (each wants 20 mCPU, 10 GiB"),
                why);
    }

    /** A node that can have volumes. */
    private static NodeStatus keeping(String id) {
        NodeStatus node = Homes.node(id, "rack");
        NodeInfo info = node.info();
        return new NodeStatus(
                new NodeInfo(
                        info.id(),
                        info.location(),
                        info.address(),
                        info.machine(),
                        NodeInfo.Agent.of(
                                "0.1.0",
                                Set.of(
                                        CapabilityName.of(ContainerRuntime.class),
                                        CapabilityName.of(VolumeStore.class)))),
                node.liveness(),
                node.hardware(),
                node.desired());
    }

    @Test
    void dataSaysWhereTheyAre() {
        Deployment<?> apart =
                Deployment.named(WEBSITE).on(Lab.home()).runs(web(1)).provenBy(Lab.smoke(web(1), "Welcome"));
        Volume data = Volume.of(DataName.of("orders"), MountPath.of("/var/lib/db"));
        Container kept = hidden("db", 1).container().with(Container.Storage.keeping(data));
        NodeStatus a = Homes.follow(apart, List.of(keeping("a"))).getFirst();
        NodeStatus b = Homes.told(keeping("b"), WEBSITE, kept);

        interface Home extends ContainerRuntime, VolumeStore {}
        Deployment<?> together = Deployment.named(WEBSITE)
                .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                .runs(Together.of(SHOP, web(1), hidden("db", 1).volumes(data)))
                .provenBy(Lab.smoke(web(1), "Welcome"));

        assertEquals(Set.of("b"), Homes.where(together, List.of(a, b)));
    }
}
