package io.nationtech.harmony.engine;

import static io.nationtech.harmony.engine.Lab.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that has another name than when it was deployed. */
class RenameTest {
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

    private ContainerService service(String name, int replicas) {
        return Lab.service(name, 1, replicas, lab.port);
    }

    private static Deployment<ContainerRuntime> running(ContainerService service) {
        return Deployment.named(WEBSITE)
                .on(Lab.home())
                .runs(service)
                .provenBy(Lab.smoke(service, "Welcome to version 1"));
    }

    private int deploy(ContainerService service) {
        return assertInstanceOf(DeployResult.Deployed.class, lab.deployer().deploy(running(service)))
                .changes();
    }

    /** What nodes are told and what they really run, which must be the same. */
    private Map<String, List<String>> running() {
        Map<String, List<String>> told = new TreeMap<>();
        Map<String, List<String>> real = new TreeMap<>();
        for (NodeStatus node : lab.inventory().nodes()) {
            String id = node.info().id().value();
            told.put(
                    id,
                    node.desired().values().stream()
                            .flatMap(state -> Container.among(state.value().resources().stream()))
                            .map(container -> container.name().value())
                            .toList());
            real.put(
                    id,
                    lab.runtimes.get(id).observe(WEBSITE).stream()
                            .map(container -> container.name().value())
                            .toList());
        }
        assertEquals(told, real);
        return told;
    }

    @Test
    void aRenamedServiceStaysOnItsNodesAndLeavesNothingBehind() throws IOException {
        lab.with("m", "n");
        deploy(service("web", 2));
        // Nodes that would be taken first, were it placed anew.
        lab.with("a", "b");

        assertEquals(2, deploy(service("site", 2).previously(ServiceName.of("web"))));

        assertEquals(Map.of("a", List.of(), "b", List.of(), "m", List.of("site"), "n", List.of("site")), running());
    }

    @Test
    void aRenamedServiceLeavesADrainedNodeAsAnyOther() throws IOException {
        lab.with("a", "b");
        deploy(service("web", 1));
        lab.fleet
                .desiredStates()
                .begin(new Maintenance(
                        NodeId.of("a"), Maintenance.Extent.DRAINED, Instant.EPOCH, Author.of("alice@laptop")));

        deploy(service("site", 1).previously(ServiceName.of("web")));

        assertEquals(Map.of("a", List.of(), "b", List.of("site")), running());
    }

    @Test
    void withoutThatItIsAnotherServiceWhichIsPlacedAnew() throws IOException {
        lab.with("m", "n");
        deploy(service("web", 2));
        lab.with("a", "b");

        deploy(service("site", 2));

        assertEquals(Map.of("a", List.of("site"), "b", List.of("site"), "m", List.of(), "n", List.of()), running());
    }

    @Test
    void thePlanSaysFromWhatAndThenNothingIsLeftToDo() throws IOException {
        lab.with("a");
        deploy(service("web", 1));
        ContainerService renamed = service("site", 1).previously(ServiceName.of("web"));

        List<ResourceChange> details =
                lab.plan(running(renamed)).changes().getFirst().details();

        ResourceChange.Rename rename = assertInstanceOf(ResourceChange.Rename.class, details.getFirst());
        assertEquals(1, details.size());
        assertEquals("container web", rename.from().label());
        assertEquals("container site", rename.to().label());
        deploy(renamed);
        assertTrue(lab.plan(running(renamed)).isEmpty());
        assertTrue(lab.plan(running(service("site", 1))).isEmpty(), "the old name can be dropped from the code");
    }

    @Test
    void nodesAreTouchedOneByOneSoThatServingGoesOn() throws IOException {
        lab.with("a", "b");
        deploy(service("web", 2));
        Recorded progress = new Recorded();

        assertInstanceOf(
                DeployResult.Deployed.class,
                lab.deployer(progress).deploy(running(service("site", 2).previously(ServiceName.of("web")))));

        assertEquals(
                List.of(
                        "planned 2",
                        "applying a",
                        "applied a: Changed",
                        "applying b",
                        "applied b: Changed",
                        "testing 1"),
                progress.lines());
    }

    @Test
    void ofTwoOldNamesOnANodeOneIsTakenOverAndTheOtherEnds() throws IOException {
        lab.with("a");
        ContainerService web = service("web", 1);
        ContainerService shop = Lab.service("shop", 1, 1, Lab.freePort());
        assertInstanceOf(
                DeployResult.Deployed.class,
                lab.deployer()
                        .deploy(Deployment.named(WEBSITE)
                                .on(Lab.home())
                                .runs(web)
                                .runs(shop)
                                .provenBy(Lab.smoke(web, "Welcome"))));

        deploy(service("site", 1)
                .previously(ServiceName.of("web"))
                .previously(ServiceName.of("shop"))
                .replicas(Replicas.of(1)));

        assertEquals(Map.of("a", List.of("site")), running());
    }
}
