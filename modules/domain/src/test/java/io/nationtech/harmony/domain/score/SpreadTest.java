package io.nationtech.harmony.domain.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Nodes;
import io.nationtech.harmony.domain.Services;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of placement. */
class SpreadTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final ServiceName WEB = ServiceName.of("web");

    /** Nodes in failure domains, and how many replicas are wanted of them: at most as many as there are. */
    private record Fleet(List<NodeStatus> nodes, Replicas replicas) {
        Spread spread() {
            return new Spread(WEBSITE, WEB, replicas);
        }
    }

    @Provide
    Arbitrary<Fleet> fleets() {
        Arbitrary<List<Integer>> domains =
                Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(20);
        return Combinators.combine(
                        domains,
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.integers().between(0, 3))
                .as((domainOf, count, busy) -> new Fleet(
                        IntStream.range(0, domainOf.size())
                                .mapToObj(i -> node(i, domainOf.get(i), i % 4 < busy))
                                .toList(),
                        Replicas.of(1 + count % domainOf.size())));
    }

    private static NodeStatus node(int number, int domain, boolean busy) {
        NodeStatus node = Nodes.alive("node-%02d".formatted(number), "domain-" + domain);
        return busy
                ? Nodes.told(
                        node,
                        DeploymentName.of("other"),
                        Services.at(9090, "other", 1).container())
                : node;
    }

    @Property
    void eachReplicaHasANodeOfItsOwn(@ForAll("fleets") Fleet fleet) {
        List<NodeStatus> chosen = fleet.spread().choose(fleet.nodes());

        assertEquals(fleet.replicas().count(), chosen.size());
        assertEquals(fleet.replicas().count(), ids(chosen).size());
        assertTrue(fleet.nodes().containsAll(chosen));
    }

    @Property
    void theOrderOfTheNodesDoesNotMatter(@ForAll("fleets") Fleet fleet, @ForAll long chance) {
        List<NodeStatus> shuffled = new ArrayList<>(fleet.nodes());
        Collections.shuffle(shuffled, new Random(chance));

        assertEquals(fleet.spread().choose(fleet.nodes()), fleet.spread().choose(shuffled));
    }

    @Property
    void whatIsPlacedStaysWhenNothingItNeedsChanges(@ForAll("fleets") Fleet fleet, @ForAll("fleets") Fleet newcomers) {
        Set<NodeId> before = ids(fleet.spread().choose(fleet.nodes()));
        List<NodeStatus> later = new ArrayList<>(running(fleet.nodes(), before));
        newcomers.nodes().stream()
                .map(node -> Nodes.alive(
                        "new-" + node.info().id(), node.info().failureDomain().value()))
                .forEach(later::add);

        assertEquals(before, ids(fleet.spread().choose(later)));
    }

    @Property
    void whenANodeIsLostOnlyItsReplicaMoves(@ForAll("fleets") Fleet fleet, @ForAll int chance) {
        Set<NodeId> before = ids(fleet.spread().choose(fleet.nodes()));
        NodeStatus lost = fleet.nodes().get(Math.floorMod(chance, fleet.nodes().size()));
        List<NodeStatus> left = running(fleet.nodes(), before).stream()
                .filter(node -> !node.info().id().equals(lost.info().id()))
                .toList();
        if (left.size() < fleet.replicas().count()) {
            return;
        }

        Set<NodeId> after = ids(fleet.spread().choose(left));

        Set<NodeId> stayed =
                before.stream().filter(Predicate.not(lost.info().id()::equals)).collect(Collectors.toSet());
        assertTrue(
                after.containsAll(stayed),
                () -> "%s lost of %s, then %s".formatted(lost.info().id(), before, after));
    }

    @Property
    void noFailureDomainHasTwoMoreThanAnotherWithRoom(@ForAll("fleets") Fleet fleet) {
        List<NodeStatus> chosen = fleet.spread().choose(fleet.nodes());
        Map<String, Long> room = byDomain(fleet.nodes());
        Map<String, Long> used = byDomain(chosen);

        for (String domain : room.keySet()) {
            long here = used.getOrDefault(domain, 0L);
            boolean full = here == room.get(domain);
            long most = Collections.max(used.values());
            assertTrue(full || most - here <= 1, () -> "room %s, used %s".formatted(room, used));
        }
    }

    @Property
    void amongEqualsTheEmptierNodeIsChosen(@ForAll("fleets") Fleet fleet) {
        Set<NodeId> chosen = ids(fleet.spread().choose(fleet.nodes()));

        for (NodeStatus in : fleet.nodes()) {
            for (NodeStatus out : fleet.nodes()) {
                boolean rivals = chosen.contains(in.info().id())
                        && !chosen.contains(out.info().id())
                        && in.info().failureDomain().equals(out.info().failureDomain());
                assertTrue(
                        !rivals || in.desired().size() <= out.desired().size(),
                        () -> "%s was preferred to the emptier %s".formatted(in, out));
            }
        }
    }

    private static List<NodeStatus> running(List<NodeStatus> nodes, Set<NodeId> where) {
        return nodes.stream()
                .map(node -> where.contains(node.info().id())
                        ? Nodes.told(node, WEBSITE, Services.named("web", 1).container())
                        : node)
                .toList();
    }

    private static Map<String, Long> byDomain(List<NodeStatus> nodes) {
        return nodes.stream()
                .collect(Collectors.groupingBy(
                        node -> node.info().failureDomain().value(), Collectors.counting()));
    }

    private static Set<NodeId> ids(List<NodeStatus> nodes) {
        return nodes.stream().map(node -> node.info().id()).collect(Collectors.toCollection(TreeSet::new));
    }
}
