package io.nationtech.harmony.engine;

import static io.nationtech.harmony.engine.Homes.OTHER;
import static io.nationtech.harmony.engine.Lab.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.HttpSmokeTest;
import io.nationtech.harmony.domain.Site;
import io.nationtech.harmony.domain.Topology;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.FolderShares;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.GpioChip;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.hardware.GraphicsCard;
import io.nationtech.harmony.domain.hardware.ModelName;
import io.nationtech.harmony.domain.hardware.Tpm;
import io.nationtech.harmony.domain.hardware.TpmChip;
import io.nationtech.harmony.domain.node.Maintenance;
import io.nationtech.harmony.domain.node.Maintenance.Extent;
import io.nationtech.harmony.domain.node.MountedShare;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.ShareName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlacingTest {
    private static final GpioChip CHIP =
            new GpioChip(DevicePath.of("gpiochip0"), ModelName.cleaned("pinctrl-bcm2711"), 58, Set.of(0, 1));
    private static final TpmChip TPM = new TpmChip(DevicePath.of("tpm0"), TpmChip.Version.V2_0);

    private static ContainerService web(int replicas) {
        return Lab.service("web", 1, replicas, 8080);
    }

    private static GraphicsCard card(String path, int gibibytes) {
        return new GraphicsCard(
                DevicePath.of(path), ModelName.cleaned("card"), Optional.of(Memory.gibibytes(gibibytes)));
    }

    @Nested
    class Beside {
        @Test
        void anotherDeploymentsPort() {
            List<NodeStatus> nodes = List.of(
                    Homes.told(Homes.node("a", "x"), OTHER, web(1).container()),
                    Homes.node("b", "x"),
                    Homes.told(
                            Homes.node("c", "x"),
                            OTHER,
                            Lab.service("api", 1, 1, 8081).container()));

            assertEquals(Set.of("b", "c"), Homes.where(Homes.deployment(WEBSITE, web(2)), nodes));
            assertEquals(
                    "service 'web' has no place for 1 of 3 replicas: none of 3 nodes will do (each wants 10 mCPU, 64 MiB, port 8080); closest is 'a': port 8080 — taken by other.web#0",
                    Homes.why(Homes.deployment(WEBSITE, web(3)), nodes));
        }

        @Test
        void anotherDeploymentsMemoryIsNeverGivenOutTwice() {
            ContainerService large = Lab.service("db", 1, 1, 5432).memoryLimit(Memory.gibibytes(6));
            List<NodeStatus> nodes = List.of(Homes.told(Homes.node("a", "x"), OTHER, large.container()));
            ContainerService web = web(1).memoryLimit(Memory.gibibytes(3));

            assertEquals(
                    "service 'web' has no place for 1 of 1 replicas: none of 1 nodes will do (each wants 10 mCPU, 3 GiB, port 8080); closest is 'a': 3 GiB memory — needs 1 GiB more memory: 2 GiB of 8 GiB are free, the rest is taken by other.db",
                    Homes.why(Homes.deployment(WEBSITE, web), nodes));
            assertEquals(
                    Set.of("a"), Homes.where(Homes.deployment(WEBSITE, web.memoryRequest(Memory.gibibytes(2))), nodes));
        }

        @Test
        void whoHasTheLineThatTwoWant() {
            ContainerService relay = Lab.service("relay", 1, 1, 9001).needs(Gpio.line(17));
            List<NodeStatus> nodes = List.of(Homes.with(Homes.node("shed", "x"), CHIP), Homes.node("office", "y"));
            List<NodeStatus> later = Homes.follow(Homes.deployment(OTHER, relay), nodes);

            assertEquals(
                    List.of(DeviceGrant.of(Gpio.line(17), DevicePath.of("gpiochip0/17"))),
                    later.getFirst()
                            .desired()
                            .get(OTHER)
                            .value()
                            .resources()
                            .getFirst()
                            .claim()
                            .devices());
            assertEquals(
                    "service 'lamp' has no place for 1 of 1 replicas: none of 2 nodes will do (each wants 10 mCPU, 64 MiB, GPIO line 17, port 9002); closest is 'shed': GPIO line 17 — taken by other.relay#0",
                    Homes.why(
                            Homes.deployment(
                                    WEBSITE, Lab.service("lamp", 1, 1, 9002).needs(Gpio.line(17))),
                            later));
        }

        @Test
        void theSharesThatNodesHave() {
            interface Home extends ContainerRuntime, FolderShares {}
            Deployment<?> gallery = Deployment.named(WEBSITE)
                    .on(Topology.of(TopologyName.of("home"), Home.class, Site.of("home")))
                    .runs(web(2).shares(MountedShare.readOnly(ShareName.of("photos"), MountPath.of("/media"))))
                    .provenBy(HttpSmokeTest.of(web(2), HttpPath.of("/"), "Welcome"));
            List<NodeStatus> nodes = List.of(
                    Homes.sharing(Homes.node("a", "x")),
                    Homes.sharing(Homes.node("b", "x"), "photos"),
                    Homes.sharing(Homes.node("c", "y"), "photos", "music"));

            assertEquals(Set.of("b", "c"), Homes.where(gallery, nodes));
            assertEquals(
                    "service 'web' has no place for 1 of 2 replicas: none of 2 nodes will do (each wants 10 mCPU, 64 MiB, share photos, port 8080); closest is 'a': share photos — has no share",
                    Homes.why(gallery, nodes.subList(0, 2)));
            assertEquals(
                    Set.of("b", "c"),
                    Homes.where(gallery, Homes.follow(gallery, nodes)),
                    "several may use one share of a node");
        }

        @Test
        void aDeviceThatManyMayUse() {
            ContainerService one = Lab.service("one", 1, 1, 9001).needs(Tpm.v2());
            ContainerService two = Lab.service("two", 1, 1, 9002).needs(Tpm.v2());
            List<NodeStatus> nodes = List.of(Homes.with(Homes.node("a", "x"), TPM), Homes.node("b", "x"));

            assertEquals(
                    Set.of("a"),
                    Homes.where(Homes.deployment(WEBSITE, two), Homes.follow(Homes.deployment(OTHER, one), nodes)));
        }

        @Test
        void theOtherServicesOfItsDeploymentThatItMustKeepAwayFrom() {
            ContainerService batch = Lab.service("batch", 1, 1, 9001)
                    .likes(new Affinity.Away(
                            new ServiceRef(WEBSITE, ServiceName.of("web")), Scope.FAILURE_DOMAIN, Strength.required()));
            List<NodeStatus> nodes = List.of(Homes.node("a", "x"), Homes.node("b", "x"), Homes.node("c", "y"));

            Map<String, ?> shares = Homes.shares(Homes.deployment(WEBSITE, web(1), batch), nodes);

            assertEquals(2, shares.size());
            assertTrue(shares.containsKey("c"), shares::toString);
        }
    }

    /** As with data that the other deployment keeps. */
    @Nested
    class BesideAServiceOfAnotherDeployment {
        private final ContainerService keeper = Lab.service("api", 1, 1, 8081);
        private final ContainerService user =
                web(1).likes(new Affinity.Near(new ServiceRef(OTHER, keeper.name()), Scope.NODE, Strength.required()));
        private final NodeStatus a = Homes.node("a", "x");
        private final NodeStatus b = Homes.node("b", "y");
        private final List<NodeStatus> atB = List.of(a, Homes.told(b, OTHER, keeper.container()));

        @Test
        void runsWhereThatRuns() {
            assertEquals(Set.of("b"), Homes.where(Homes.deployment(WEBSITE, user), atB));
        }

        @Test
        void followsWhenThatMoves() {
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, user), atB);
            List<NodeStatus> moved = List.of(
                    Homes.told(running.getFirst(), OTHER, keeper.container()),
                    Homes.told(running.getLast(), OTHER, List.of()));

            assertEquals(Set.of("a"), Homes.where(Homes.deployment(WEBSITE, user), moved));
            assertEquals(
                    "website.web#0 must stay with node 'b', which will not do for what it wants now: in a node with other.api — other.api is not in its node",
                    Homes.why(Homes.deployment(WEBSITE, user.onLoss(new LossPolicy.Stays())), moved));
        }

        @Test
        void isRefusedByNameWhereNobodyRunsThat() {
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, user), atB);
            List<NodeStatus> withdrawn = running.stream()
                    .map(node -> Homes.told(node, OTHER, List.of()))
                    .toList();

            String alone = "service 'web' must be beside 'other.api', which none of 2 nodes runs";
            assertEquals(alone, Homes.why(Homes.deployment(WEBSITE, user), List.of(a, b)));
            assertEquals(alone, Homes.why(Homes.deployment(WEBSITE, user), withdrawn));
            assertEquals(alone, Homes.why(Homes.deployment(WEBSITE, user.onLoss(new LossPolicy.Stays())), withdrawn));
        }

        @Test
        void waitsWithItForALostNode() {
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, user), atB);
            List<NodeStatus> lost = List.of(running.getFirst(), Homes.silent(running.getLast(), Duration.ofDays(1)));

            assertEquals(Set.of("b"), Homes.where(Homes.deployment(WEBSITE, user), lost));
            assertEquals(
                    "[website.web#0 waits for node 'b', which is lost: no other node will do; closest is 'a': in a node with other.api — other.api is not in its node]",
                    Homes.plan(Homes.deployment(WEBSITE, user), lost).pending().toString());
        }
    }

    @Nested
    class Stays {
        @Test
        void withTheCardThatItHasWhenAnotherBecomesFree() {
            ContainerService render = Lab.service("render", 1, 1, 9001).needs(Gpu.any());
            ContainerService game = Lab.service("game", 1, 1, 9002).needs(Gpu.any());
            List<NodeStatus> nodes =
                    List.of(Homes.with(Homes.node("a", "x"), card("0000:01:00.0", 4), card("0000:02:00.0", 8)));
            List<NodeStatus> both =
                    Homes.follow(Homes.deployment(WEBSITE, game), Homes.follow(Homes.deployment(OTHER, render), nodes));
            List<NodeStatus> alone = both.stream()
                    .map(node -> Homes.told(node, OTHER, List.of()))
                    .toList();

            assertEquals(
                    Homes.shares(Homes.deployment(WEBSITE, game), both),
                    Homes.shares(Homes.deployment(WEBSITE, game), alone));
            assertEquals(
                    List.of(DevicePath.of("0000:02:00.0")),
                    Homes.shares(Homes.deployment(WEBSITE, game), alone)
                            .get("a")
                            .getFirst()
                            .resources()
                            .devices()
                            .stream()
                            .map(DeviceGrant::path)
                            .toList());
        }

        @Test
        void notWhereItsDeviceIsGone() {
            ContainerService relay = Lab.service("relay", 1, 1, 9001).needs(Gpio.line(17));
            NodeStatus a = Homes.with(Homes.node("a", "x"), CHIP);
            NodeStatus b = Homes.with(Homes.node("b", "x"), CHIP);
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, relay), List.of(a, b));

            List<NodeStatus> unplugged = List.of(Homes.with(running.getFirst()), running.getLast());

            assertEquals(Set.of("a"), Homes.where(Homes.deployment(WEBSITE, relay), running));
            assertEquals(Set.of("b"), Homes.where(Homes.deployment(WEBSITE, relay), unplugged));
        }

        @Test
        void whateverHappensWhenItIsStateful() {
            ContainerService relay =
                    Lab.service("relay", 1, 1, 9001).needs(Gpio.line(17)).onLoss(new LossPolicy.Stays());
            List<NodeStatus> running = Homes.follow(
                    Homes.deployment(WEBSITE, relay),
                    List.of(Homes.with(Homes.node("a", "x"), CHIP), Homes.with(Homes.node("b", "x"), CHIP)));

            List<NodeStatus> unplugged = List.of(Homes.with(running.getFirst()), running.getLast());

            assertEquals(
                    "website.relay#0 must stay with node 'a', which will not do for what it wants now: GPIO line 17 — has no free GPIO line 17",
                    Homes.why(Homes.deployment(WEBSITE, relay), unplugged));
        }

        @Test
        void inTheFailureDomainsThatAreFarthestApartWhenFewerAreWanted() {
            List<NodeStatus> nodes = List.of(Homes.node("a", "x"), Homes.node("b", "x"), Homes.node("c", "y"));
            List<NodeStatus> three = Homes.follow(Homes.deployment(WEBSITE, web(3)), nodes);

            assertEquals(Set.of("a", "c"), Homes.where(Homes.deployment(WEBSITE, web(2)), three));
        }
    }

    @Nested
    class Loss {
        private final List<NodeStatus> nodes = List.of(Homes.node("a", "x"), Homes.node("b", "y"));

        private List<NodeStatus> lostAfterDeploying(ContainerService service, Duration silence) {
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, service), nodes);
            return List.of(Homes.silent(running.getFirst(), silence), running.getLast());
        }

        @Test
        void isToleratedAsLongAsTheDeploymentSays() {
            ContainerService patient = web(1).onLoss(new LossPolicy.Moves(Duration.ofHours(1)));

            assertEquals(
                    Set.of("a"),
                    Homes.where(
                            Homes.deployment(WEBSITE, patient), lostAfterDeploying(patient, Duration.ofMinutes(59))));
            assertEquals(
                    Set.of("b"),
                    Homes.where(
                            Homes.deployment(WEBSITE, patient), lostAfterDeploying(patient, Duration.ofMinutes(60))));
        }

        @Test
        void movesNothingThatMustStay() {
            ContainerService database = web(1).onLoss(new LossPolicy.Stays());

            assertEquals(
                    Set.of("a"),
                    Homes.where(
                            Homes.deployment(WEBSITE, database), lostAfterDeploying(database, Duration.ofDays(365))));
        }

        @Test
        void movesWorkOnlyToWhereItsDeviceIsFree() {
            ContainerService relay = web(1).needs(Gpio.line(17));
            ContainerService lamp = Lab.service("lamp", 1, 1, 9002).needs(Gpio.line(17));
            List<NodeStatus> chips = List.of(
                    Homes.with(Homes.node("a", "x"), CHIP),
                    Homes.with(Homes.node("b", "y"), CHIP),
                    Homes.with(Homes.node("c", "z"), CHIP));
            List<NodeStatus> relays = Homes.follow(Homes.deployment(WEBSITE, relay), chips);
            List<NodeStatus> all = Homes.follow(Homes.deployment(OTHER, lamp), relays);
            assertEquals(Set.of("a"), Homes.where(Homes.deployment(WEBSITE, relay), all));
            assertEquals(Set.of("b"), Homes.where(Homes.deployment(OTHER, lamp), all));

            List<NodeStatus> lost = List.of(Homes.silent(all.getFirst(), Duration.ofHours(1)), all.get(1), all.get(2));

            assertEquals(Set.of("c"), Homes.where(Homes.deployment(WEBSITE, relay), lost));
        }

        @Test
        void isNotRiskedForWorkThatCouldThenRunTwice() {
            ContainerService follower = web(1).onLoss(new LossPolicy.FollowsData(
                    DataName.of("orders"), Duration.ofSeconds(20), Duration.ofSeconds(60)));

            assertTrue(Homes.why(Homes.deployment(WEBSITE, follower), nodes).contains("it could run twice"));
        }
    }

    @Nested
    class NodeMaintenance {
        private static final Author ALICE = Author.of("alice@laptop");
        private final List<NodeStatus> nodes = List.of(Homes.node("a", "x"), Homes.node("b", "y"));

        private static NodeStatus in(Extent extent, NodeStatus node) {
            return node.in(new Maintenance(node.info().id(), extent, Instant.parse("2026-11-25T12:00:00Z"), ALICE));
        }

        private List<NodeStatus> deployedThen(Extent extent, ContainerService service) {
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, service), nodes);
            assertEquals(Set.of("a"), Homes.where(Homes.deployment(WEBSITE, service), running));
            return List.of(in(extent, running.getFirst()), running.getLast());
        }

        @Test
        void givesACordonedNodeNothingNew() {
            List<NodeStatus> cordoned = List.of(in(Extent.CORDONED, nodes.getFirst()), nodes.getLast());

            assertEquals(Set.of("b"), Homes.where(Homes.deployment(WEBSITE, web(1)), cordoned));
            assertEquals(
                    "service 'web' has no place for 1 of 2 replicas: none of 2 nodes will do (each wants 10 mCPU, 64 MiB, port 8080); closest is 'a': open node — in maintenance since 2026-11-25T12:00:00Z, by alice@laptop",
                    Homes.why(Homes.deployment(WEBSITE, web(2)), cordoned));
        }

        @Test
        void leavesOnACordonedNodeWhatRunsThere() {
            List<NodeStatus> cordoned = deployedThen(Extent.CORDONED, web(1));

            assertEquals(Set.of("a"), Homes.where(Homes.deployment(WEBSITE, web(1)), cordoned));
            assertEquals(
                    List.of(),
                    Homes.plan(Homes.deployment(WEBSITE, web(1)), cordoned).pending());
        }

        @Test
        void movesWhatMayMoveOffADrainedNodeAndNothingBack() {
            List<NodeStatus> drained = deployedThen(Extent.DRAINED, web(1));
            assertEquals(Set.of("b"), Homes.where(Homes.deployment(WEBSITE, web(1)), drained));

            List<NodeStatus> moved = Homes.follow(Homes.deployment(WEBSITE, web(1)), drained);

            // Without maintenance: the steps of these tests do not carry it over.
            assertTrue(moved.stream().allMatch(node -> node.maintenance().isEmpty()));
            assertEquals(Set.of("b"), Homes.where(Homes.deployment(WEBSITE, web(1)), moved));
            assertEquals(Set.of("a", "b"), Homes.where(Homes.deployment(WEBSITE, web(2)), moved));
        }

        @Test
        void leavesOnADrainedNodeWhatMustStay() {
            Deployment<?> database = Homes.deployment(WEBSITE, web(1).onLoss(new LossPolicy.Stays()));
            List<NodeStatus> drained = deployedThen(Extent.DRAINED, web(1).onLoss(new LossPolicy.Stays()));

            assertEquals(Set.of("a"), Homes.where(database, drained));
            assertEquals(
                    "[website.web#0 stays on node 'a', which is drained: its policy keeps it there; move it by hand]",
                    Homes.plan(database, drained).pending().toString());
            assertEquals(
                    Mobility.STAYS,
                    Homes.shares(database, drained).get("a").getFirst().mobility());
        }

        @Test
        void leavesOnADrainedNodeWhatHasNoOtherPlace() {
            Deployment<?> twice = Homes.deployment(WEBSITE, web(2));
            List<NodeStatus> running = Homes.follow(twice, nodes);
            List<NodeStatus> drained = List.of(in(Extent.DRAINED, running.getFirst()), running.getLast());

            assertEquals(Set.of("a", "b"), Homes.where(twice, drained));
            assertEquals(
                    "[website.web#0 stays on node 'a', which is drained: no other node will do; closest is 'b': a node of its own — has a copy already (and 1 more)]",
                    Homes.plan(twice, drained).pending().toString());
        }

        @Test
        void sendsNoWorkOfALostNodeToADrainedOne() {
            List<NodeStatus> running = Homes.follow(Homes.deployment(WEBSITE, web(1)), nodes);
            List<NodeStatus> lost = List.of(
                    Homes.silent(running.getFirst(), Duration.ofHours(1)), in(Extent.DRAINED, running.getLast()));

            assertEquals(Set.of("a"), Homes.where(Homes.deployment(WEBSITE, web(1)), lost));
        }
    }

    @Nested
    class Quorums {
        @Test
        void leaveAMajorityWhateverFailureDomainFails() {
            List<NodeStatus> nodes = List.of(
                    Homes.node("a1", "a"),
                    Homes.node("a2", "a"),
                    Homes.node("a3", "a"),
                    Homes.node("b1", "b"),
                    Homes.node("b2", "b"),
                    Homes.node("c1", "c"));

            Set<String> chosen = Homes.where(Homes.quorum(web(5)), nodes);

            assertEquals(5, chosen.size());
            assertEquals(2, chosen.stream().filter(id -> id.startsWith("a")).count(), chosen::toString);
        }

        @Test
        void areNotPlacedWhereTheyWouldNot() {
            List<NodeStatus> nodes = List.of(Homes.node("a1", "a"), Homes.node("a2", "a"), Homes.node("b1", "b"));

            assertEquals(
                    "service 'web' has no place for 1 of 3 replicas: none of 3 nodes will do (each wants 10 mCPU, 64 MiB, port 8080); closest is 'a2': at most 1 in one failure domain — its failure domain has 1 copy",
                    Homes.why(Homes.quorum(web(3)), nodes));
        }
    }
}
