package io.nationtech.harmony.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.score.ContainerService;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of where the replicas of a service run. */
class PlacingLawsTest {

    /** Nodes in failure domains, some with other work, and a service with at most as many replicas as there are nodes. */
    private record Fleet(List<NodeStatus> nodes, int replicas) {
        Deployment<?> website() {
            return Homes.deployment(Lab.WEBSITE, Lab.service("web", 1, replicas, 8080));
        }

        Set<String> where() {
            return Homes.where(website(), nodes);
        }

        List<NodeStatus> running() {
            return Homes.follow(website(), nodes);
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
                        1 + count % domainOf.size()));
    }

    private static NodeStatus node(int number, int domain, boolean busy) {
        NodeStatus node = Homes.node("node-%02d".formatted(number), "domain-" + domain);
        return busy
                ? Homes.told(node, Homes.OTHER, Lab.service("other", 1, 1, 9090).container())
                : node;
    }

    @Property(tries = 200)
    void eachReplicaHasANodeOfItsOwn(@ForAll("fleets") Fleet fleet) {
        assertEquals(fleet.replicas(), fleet.where().size());
    }

    @Property(tries = 200)
    void theOrderOfTheNodesDoesNotMatter(@ForAll("fleets") Fleet fleet, @ForAll long chance) {
        List<NodeStatus> shuffled = new ArrayList<>(fleet.nodes());
        Collections.shuffle(shuffled, new Random(chance));

        assertEquals(fleet.where(), Homes.where(fleet.website(), shuffled));
    }

    @Property(tries = 200)
    void whatIsPlacedStaysWhenNothingItNeedsChanges(@ForAll("fleets") Fleet fleet, @ForAll("fleets") Fleet newcomers) {
        List<NodeStatus> later = new ArrayList<>(fleet.running());
        newcomers.nodes().stream()
                .map(node -> Homes.node(
                        "new-" + node.info().id(),
                        node.info().location().failureDomain().value()))
                .forEach(later::add);

        assertEquals(fleet.where(), Homes.where(fleet.website(), later));
    }

    @Property(tries = 200)
    void whenANodeIsLostForLongOnlyItsReplicaMoves(@ForAll("fleets") Fleet fleet, @ForAll int chance) {
        List<NodeStatus> running = fleet.running();
        NodeStatus lost = running.get(Math.floorMod(chance, running.size()));
        List<NodeStatus> later = running.stream()
                .map(node -> node == lost ? Homes.silent(node, Duration.ofHours(1)) : node)
                .toList();
        Set<String> stayed = new HashSet<>(fleet.where());
        stayed.remove(lost.info().id().value());

        Set<String> after = Homes.where(fleet.website(), later);

        assertEquals(fleet.replicas(), after.size());
        assertTrue(
                after.containsAll(stayed),
                () -> "%s lost, then %s".formatted(lost.info().id(), after));
        boolean hasRoomElsewhere = fleet.replicas() < fleet.nodes().size();
        assertTrue(
                !hasRoomElsewhere || !after.contains(lost.info().id().value()),
                () -> "still at %s: %s".formatted(lost.info().id(), after));
    }

    @Property(tries = 200)
    void noFailureDomainHasTwoMoreThanAnotherWithRoom(@ForAll("fleets") Fleet fleet) {
        Set<String> chosen = fleet.where();
        Map<String, Long> room = byDomain(fleet.nodes());
        Map<String, Long> used = byDomain(fleet.nodes().stream()
                .filter(node -> chosen.contains(node.info().id().value()))
                .toList());

        for (String domain : room.keySet()) {
            long here = used.getOrDefault(domain, 0L);
            boolean full = here == room.get(domain);
            long most = Collections.max(used.values());
            assertTrue(full || most - here <= 1, () -> "room %s, used %s".formatted(room, used));
        }
    }

    @Property(tries = 200)
    void amongEqualsTheEmptierNodeIsChosen(@ForAll("fleets") Fleet fleet) {
        Set<String> chosen = fleet.where();

        for (NodeStatus in : fleet.nodes()) {
            for (NodeStatus out : fleet.nodes()) {
                boolean rivals = chosen.contains(in.info().id().value())
                        && !chosen.contains(out.info().id().value())
                        && in.info()
                                .location()
                                .failureDomain()
                                .equals(out.info().location().failureDomain());
                assertTrue(
                        !rivals || in.desired().size() <= out.desired().size(),
                        () -> "%s was preferred to the emptier %s".formatted(in, out));
            }
        }
    }

    /** Deployments one after the other, some of them again with other wants, on nodes that come and go. */
    @Property(tries = 100)
    void noNodeIsGivenOutBeyondWhatItHas(@ForAll("fleets") Fleet fleet, @ForAll long chance) {
        Random random = new Random(chance);
        List<NodeStatus> nodes = fleet.nodes();
        for (int step = 0; step < 12; step++) {
            nodes = nodes.stream()
                    .map(node -> random.nextInt(8) == 0
                            ? Homes.silent(node, Duration.ofMinutes(random.nextInt(5)))
                            : Homes.alive(node))
                    .toList();
            Deployment<?> deployment = Homes.deployment(
                    DeploymentName.of("d" + random.nextInt(5)),
                    service(random, "web", 8080 + random.nextInt(2)),
                    service(random, "db", 9090 + random.nextInt(2)));
            if (Homes.planning(deployment, nodes) instanceof Planning.Planned<DesiredPlacement>) {
                nodes = Homes.follow(deployment, nodes);
            }
            nodes.forEach(PlacingLawsTest::assertNotBeyond);
        }
    }

    private static ContainerService service(Random random, String name, int port) {
        return Lab.service(name, 1, 1 + random.nextInt(3), port)
                .memoryLimit(Memory.mebibytes(256L * (1 + random.nextInt(16))));
    }

    private static void assertNotBeyond(NodeStatus node) {
        List<Container> containers = node.desired().values().stream()
                .flatMap(told -> Container.among(told.value().resources().stream()))
                .toList();
        long memory = containers.stream()
                .mapToLong(
                        container -> container.resources().reserved().memory().bytes())
                .sum();
        List<Port> ports = containers.stream()
                .flatMap(container -> container.network().ports().stream())
                .map(PublishedPort::node)
                .toList();
        assertTrue(memory <= node.info().machine().memory().bytes(), () -> "%d bytes of %s".formatted(memory, node));
        assertEquals(Set.copyOf(ports).size(), ports.size(), () -> "a port twice: " + node);
    }

    private static Map<String, Long> byDomain(Collection<NodeStatus> nodes) {
        return nodes.stream()
                .collect(Collectors.groupingBy(
                        node -> node.info().location().failureDomain().value(), Collectors.counting()));
    }
}
