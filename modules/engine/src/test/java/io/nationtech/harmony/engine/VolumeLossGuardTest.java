package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.TopologyName;
import io.nationtech.harmony.graph.Consent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments whose services keep data. */
class VolumeLossGuardTest {
    private static final Volume ORDERS = Volume.of(DataName.of("orders"), MountPath.of("/var/lib/shop"));

    interface Home extends ContainerRuntime, VolumeStore {}

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
    void aServiceStaysWithItsDataWhenItsNodeIsLost() throws IOException {
        lab.with("a");
        deploy(keeping(1));
        lab.with("b");
        lab.lose("a");

        FleetPlan plan = lab.plan(keeping(1));

        assertTrue(plan.isEmpty(), () -> plan.changes().toString());
        assertEquals(
                List.of(NodeId.of("a")),
                plan.pending().stream().map(Pending::node).toList());
    }

    @Test
    void anotherVersionGoesOnWithTheData() throws IOException {
        lab.with("a");
        deploy(keeping(1));

        deploy(keeping(2));
    }

    @Test
    void aRenamedServiceGoesOnWithItsData() throws IOException {
        lab.with("a");
        deploy(keeping(1));
        ContainerService shop = Lab.service("shop", 1, 1, lab.port).previously(ServiceName.of("web"));

        deploy(Deployment.named(Lab.WEBSITE)
                .on(home())
                .runs(shop.volumes(ORDERS))
                .provenBy(Lab.smoke(shop, "Welcome to version 1")));
    }

    @Test
    void whatHoldsDataIsNotTakenOffItsNodeWithoutConsent() throws IOException {
        lab.with("a");
        deploy(keeping(1));

        for (Cause cause : List.of(
                refused(lab.deployer().withdraw(Lab.WEBSITE)),
                refused(deployer().deploy(bare(1))))) {
            assertTrue(cause.what().contains("volume orders holds data of container web"), cause::toString);
            assertTrue(cause.next().contains("--accept-loss volume/orders"), cause::toString);
        }
        assertTrue(lab.plan(keeping(1)).isEmpty(), "nothing was done");
    }

    @Test
    void untilThereIsConsentNoOtherNodeIsToldAnythingEither() throws IOException {
        lab.with("a", "b");
        deploy(keeping(1));

        refused(lab.deployer().deploy(bare(2)));

        assertTrue(lab.plan(keeping(1)).isEmpty(), "nothing was done");
    }

    @Test
    void withConsentItIs() throws IOException {
        lab.with("a");
        deploy(keeping(1));

        DeployResult result = deployer(ResourceId.parse("volume/orders")).withdraw(Lab.WEBSITE);

        assertInstanceOf(DeployResult.Deployed.class, result, result::toString);
    }

    private static Cause refused(DeployResult result) {
        return assertInstanceOf(DeployResult.Failed.class, result).causes().getFirst();
    }

    private void deploy(Deployment<?> deployment) {
        DeployResult result = lab.deployer().deploy(deployment);
        assertInstanceOf(DeployResult.Deployed.class, result, result::toString);
    }

    private Deployer deployer(ResourceId... agreed) {
        return new Deployer(
                lab.fleet,
                lab.journals,
                Lab.ALICE,
                new ApplyTerms(Duration.ofSeconds(30), new Consent.These(Set.of(agreed)), new Recorded()),
                lab.secrets);
    }

    private Deployment<Home> keeping(int version) {
        ContainerService web = Lab.service("web", version, 1, lab.port);
        return Deployment.named(Lab.WEBSITE)
                .on(home())
                .runs(web.volumes(ORDERS))
                .provenBy(Lab.smoke(web, "Welcome to version " + version));
    }

    private Deployment<Home> bare(int replicas) {
        ContainerService web = Lab.service("web", 1, replicas, lab.port);
        return Deployment.named(Lab.WEBSITE).on(home()).runs(web).provenBy(Lab.smoke(web, "Welcome"));
    }

    private static Topology<Home> home() {
        return Topology.of(TopologyName.of("home"), Home.class, Site.of("home"));
    }
}
