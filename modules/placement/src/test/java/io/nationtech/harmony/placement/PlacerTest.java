package io.nationtech.harmony.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.hardware.Gpio;
import io.nationtech.harmony.domain.hardware.Gpu;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Packing;
import io.nationtech.harmony.domain.placement.Priority;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.SiteName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlacerTest {
    private final Placer placer = new Placer(new Latencies(Map.of(
            SiteName.of("home"),
            Map.of(SiteName.of("office"), Duration.ofMillis(12), SiteName.of("club"), Duration.ofMillis(45)))));

    private NodeId add(PlacementNode node) {
        placer.update(node);
        return node.id();
    }

    private NodeId mini(String id, String site) {
        return add(PlacementNode.of(Work.node(id), Work.at(site, id), Machines.miniPc(4, 8)));
    }

    private NodeId placed(Workload workload) {
        return assertInstanceOf(Decision.Placed.class, placer.place(workload)).node();
    }

    @Nested
    class PlacesAll {
        private void everyOneOf(Workload... workloads) {
            List<Decision> decisions = placer.placeAll(List.of(workloads));
            assertTrue(decisions.stream().allMatch(Decision.Placed.class::isInstance), decisions::toString);
        }

        private static Workload spreadOut(String name, int mebibytes) {
            return Work.work(name, 100, mebibytes).packed(Packing.SPREAD_OUT);
        }

        private static Affinity.Near near(String name) {
            return new Affinity.Near(Work.service(name), Scope.NODE, Strength.required());
        }

        @Test
        void whatMustBeNearOtherWorkAfterItHoweverLarge() {
            mini("a", "home");
            mini("b", "home");
            everyOneOf(
                    spreadOut("api", 2_048).likes(near("db")),
                    spreadOut("db", 512),
                    spreadOut("web", 4_096).likes(near("api")));
            assertEquals(placer.nodeOf(Work.id("db", 0)), placer.nodeOf(Work.id("web", 0)));
        }

        @Test
        void whatMayBeAtOneSiteOnlyBeforeWhatMayBeAnywhere() {
            mini("a", "home");
            mini("b", "office");
            everyOneOf(
                    spreadOut("free", 6_144),
                    spreadOut("bound", 5_120).likes(new Affinity.AtSite(SiteName.of("home"), Strength.required())));
        }

        @Test
        void packedWhatDoesNotFitSpreadOut() {
            mini("a", "home");
            mini("b", "home");
            everyOneOf(
                    spreadOut("a", 3_900),
                    spreadOut("b", 3_900),
                    spreadOut("c", 2_600),
                    spreadOut("d", 2_600),
                    spreadOut("e", 2_600));
        }
    }

    @Nested
    class Chooses {
        @Test
        void theFullerNodeToPackAndTheEmptierToSpreadOut() {
            mini("a", "home");
            mini("b", "home");
            NodeId first = placed(Work.work("one", 500, 512));
            assertEquals(first, placed(Work.work("two", 500, 512)));
            assertTrue(!first.equals(placed(Work.work("three", 500, 512).packed(Packing.SPREAD_OUT))));
        }

        @Test
        void aNodeWithoutGraphicsForWorkThatHasNoUseForIt() {
            add(PlacementNode.of(
                    Work.node("a-gpu"),
                    Work.at("home", "x"),
                    Machines.miniPc(4, 8, Machines.graphics("0000:01:00.0", 8))));
            NodeId plain = mini("b", "home");
            assertEquals(plain, placed(Work.work("web", 500, 512)));
        }

        @Test
        void theSmallestDeviceThatWillDo() {
            add(PlacementNode.of(
                    Work.node("a"),
                    Work.at("home", "x"),
                    Machines.miniPc(
                            8, 16, Machines.graphics("0000:01:00.0", 24), Machines.graphics("0000:02:00.0", 8))));
            var small = Work.work("small", 500, 512).needs(Gpu.withMemory(Memory.gibibytes(6)));
            var decision = assertInstanceOf(Decision.Placed.class, placer.place(small));
            assertEquals("0000:02:00.0", decision.devices().getFirst().device().value());
        }

        @Test
        void theSiteThatIsNear() {
            mini("a", "club");
            NodeId office = mini("b", "office");
            assertEquals(
                    office,
                    placed(Work.work("cache", 100, 64)
                            .likes(new Affinity.Within(
                                    Duration.ofMillis(50), SiteName.of("home"), Strength.preferred(50)))));
        }

        @Test
        void whereTheDataIs() {
            mini("a", "home");
            NodeId holder = add(PlacementNode.of(Work.node("b"), Work.at("home", "b"), Machines.miniPc(4, 8))
                    .holding(Set.of(DataName.of("model"))));
            assertEquals(
                    holder,
                    placed(Work.work("infer", 100, 64)
                            .likes(new Affinity.WithData(DataName.of("model"), Strength.preferred(50)))));
        }

        @Test
        void theSiteOfAServiceThatItLikesToBeNear() {
            mini("a", "home");
            mini("b", "office");
            NodeId there = placed(
                    Work.work("db", 100, 64).likes(new Affinity.AtSite(SiteName.of("office"), Strength.required())));
            NodeId near = placed(Work.work("app", 100, 64)
                    .packed(Packing.SPREAD_OUT)
                    .likes(new Affinity.Near(Work.service("db"), Scope.SITE, Strength.preferred(60))));
            assertEquals(there, near);
        }
    }

    @Nested
    class Preempts {
        @Test
        void theLeastOfLowerPriority() {
            mini("a", "home");
            mini("b", "home");
            Workload cheap = Work.work("cheap", 4_000, 1_024).priority(Priority.of(10));
            Workload dear = Work.work("dear", 4_000, 1_024).priority(Priority.of(50));
            NodeId cheapAt = placed(cheap);
            placed(dear);
            var decision = assertInstanceOf(
                    Decision.Preempting.class,
                    placer.place(Work.work("vital", 2_000, 1_024).priority(Priority.of(900))));
            assertEquals(cheapAt, decision.placed().node());
            assertEquals(List.of(cheap), decision.ended());
            assertEquals(List.of(cheap), placer.waiting());
        }

        @Test
        void nothingOfEqualPriority() {
            mini("a", "home");
            placed(Work.work("one", 4_000, 1_024));
            assertInstanceOf(Decision.Unplaced.class, placer.place(Work.work("two", 4_000, 1_024)));
        }
    }

    @Nested
    class Reconsiders {
        @Test
        void onlyWhatAChangedNodeTouches() {
            NodeId a = mini("a", "home");
            Workload big = Work.work("big", 4_000, 16 * 1024);
            placed(Work.work("web", 500, 512));
            assertInstanceOf(Decision.Unplaced.class, placer.place(big));
            placer.update(PlacementNode.of(a, Work.at("home", "a"), Machines.miniPc(8, 32)));
            assertEquals(List.of(), placer.reconsider(a, 100));
            assertEquals(Optional.of(a), placer.nodeOf(big.id()));
            assertEquals(List.of(), placer.waiting());
        }

        @Test
        void whatADrainingNodeHolds() {
            NodeId a = mini("a", "home");
            Workload web = Work.work("web", 500, 512);
            placed(web);
            NodeId b = mini("b", "home");
            placer.update(PlacementNode.of(a, Work.at("home", "a"), Machines.miniPc(4, 8))
                    .availability(Availability.DRAINING));
            assertEquals(List.of(new Move(web.id(), a, b, Integer.MAX_VALUE)), placer.reconsider(a, 100));
        }

        @Test
        void withoutMovingForLessThanTheThreshold() {
            mini("a", "home");
            Workload web = Work.work("web", 500, 512).packed(Packing.SPREAD_OUT);
            NodeId before = placed(web);
            placed(Work.work("other", 400, 512));
            mini("z", "home");
            assertEquals(Optional.empty(), placer.reconsider(web.id(), 500));
            assertEquals(Optional.of(before), placer.nodeOf(web.id()));
            assertTrue(placer.reconsider(web.id(), 10).orElseThrow().gain() > 10);
        }
    }

    @Nested
    class Keeps {
        private final NodeId studio = add(PlacementNode.of(
                Work.node("studio"),
                Work.at("home", "studio"),
                Machines.miniPc(8, 16, Machines.graphics("0000:01:00.0", 6), Machines.graphics("0000:02:00.0", 12))));

        @Test
        void workWhereItIsWithTheDeviceThatItHasThoughOthersAreBetter() {
            Workload render = Work.work("render", 500, 512).needs(Gpu.any());
            DeviceGrant large = DeviceGrant.of(Gpu.any(), DevicePath.of("0000:02:00.0"));
            mini("idle", "home");

            Decision.Placed kept = placer.keep(render, studio, List.of(large)).orElseThrow();

            assertEquals(studio, kept.node());
            assertEquals(
                    List.of(large), kept.devices().stream().map(Grant::told).toList());
        }

        @Test
        void nothingWhereItsPortIsTakenOrItsDeviceIsGone() {
            Workload web = Work.work("web", 500, 512).publishing(Set.of(NodePort.tcp(Port.of(8080))));
            placer.adopt(Work.work("other", 1, 1).publishing(Set.of(NodePort.tcp(Port.of(8080)))), studio, List.of());

            assertEquals(Optional.empty(), placer.keep(web, studio, List.of()));
            assertEquals(
                    Optional.empty(), placer.keep(Work.work("relay", 1, 1).needs(Gpio.line(17)), studio, List.of()));
            assertEquals(Optional.empty(), placer.nodeOf(web.id()));
        }

        @Test
        void whatOthersWereGivenFromEverybodyElse() {
            DeviceGrant both = DeviceGrant.of(Gpu.any(), DevicePath.of("0000:02:00.0"));
            placer.adopt(Work.work("other", 1, 1), studio, List.of(both));

            assertEquals(
                    List.of(DevicePath.of("0000:01:00.0")),
                    assertInstanceOf(
                                    Decision.Placed.class,
                                    placer.place(Work.work("one", 1, 1).needs(Gpu.any())))
                            .devices()
                            .stream()
                            .map(Grant::device)
                            .toList());
            assertInstanceOf(
                    Decision.Unplaced.class, placer.place(Work.work("two", 1, 1).needs(Gpu.any())));
            placer.withdraw(Work.id("other", 0));
            assertInstanceOf(
                    Decision.Placed.class, placer.place(Work.work("two", 1, 1).needs(Gpu.any())));
        }
    }

    @Test
    void refusesToPlaceTwice() {
        mini("a", "home");
        placed(Work.work("web", 500, 512));
        var refused = assertThrows(PlacementException.class, () -> placer.place(Work.work("web", 500, 512)));
        assertTrue(refused.getMessage().contains("web.main#0 runs on a already"), refused::getMessage);
    }

    @Test
    void givesBackWhatARemovedNodeHeld() {
        NodeId a = mini("a", "home");
        Workload web = Work.work("web", 500, 512);
        placed(web);
        assertEquals(List.of(web), placer.remove(a));
        assertInstanceOf(Decision.Unplaced.class, placer.place(web));
        NodeId again = mini("a", "home");
        placer.reconsider(again, 0);
        assertEquals(Optional.of(again), placer.nodeOf(web.id()));
    }
}
