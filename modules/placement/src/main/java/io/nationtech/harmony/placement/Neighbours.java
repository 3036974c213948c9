package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.Workload;
import io.nationtech.harmony.domain.placement.WorkloadId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The order in which work that must be near other work finds that other work placed. */
final class Neighbours {
    private Neighbours() {}

    /** The same order, but for work that comes before what it must be near: that comes first then. Of a circle, one is the first. */
    static List<Workload> first(List<Workload> order) {
        if (order.stream().allMatch(work -> of(work).findAny().isEmpty())) {
            return order;
        }
        Map<ServiceRef, List<Workload>> copies = new HashMap<>();
        order.forEach(work -> copies.computeIfAbsent(work.id().service(), _ -> new ArrayList<>())
                .add(work));
        List<Workload> ordered = new ArrayList<>(order.size());
        Set<WorkloadId> entered = new HashSet<>();
        Set<WorkloadId> done = new HashSet<>();
        Deque<Workload> open = new ArrayDeque<>(order);
        while (!open.isEmpty()) {
            Workload next = open.getFirst();
            if (entered.add(next.id())) {
                of(next).flatMap(service -> copies.getOrDefault(service, List.of()).reversed().stream())
                        .filter(neighbour -> !entered.contains(neighbour.id()))
                        .forEach(open::addFirst);
            } else {
                open.removeFirst();
                if (done.add(next.id())) {
                    ordered.add(next);
                }
            }
        }
        return ordered;
    }

    private static Stream<ServiceRef> of(Workload work) {
        return work.affinities().stream()
                .filter(affinity -> affinity.strength() instanceof Strength.Required)
                .flatMap(
                        affinity -> affinity instanceof Affinity.Near near ? Stream.of(near.service()) : Stream.empty())
                .filter(service -> !service.equals(work.id().service()));
    }
}
