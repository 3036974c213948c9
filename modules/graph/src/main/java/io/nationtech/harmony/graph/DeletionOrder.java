package io.nationtech.harmony.graph;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.Ledger.Owned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The order of deletions: dependents are deleted first. */
final class DeletionOrder {
    private DeletionOrder() {}

    /**
     * In an order of deletion, what goes before each.
     *
     * @throws JournalException when the journal tells of a cycle, which no declaration can make
     */
    static Map<ResourceId, Set<ResourceId>> of(Map<ResourceId, Owned> left) {
        Map<ResourceId, Set<ResourceId>> first = new TreeMap<>();
        left.keySet().forEach(id -> first.put(id, new TreeSet<>()));
        left.forEach((id, owned) -> owned.after().stream()
                .filter(left::containsKey)
                .forEach(source -> requireNonNull(first.get(source)).add(id)));
        Map<ResourceId, Integer> awaited = new HashMap<>();
        first.forEach((id, earlier) -> awaited.put(id, earlier.size()));
        Deque<ResourceId> ready = new ArrayDeque<>(first.keySet().stream()
                .filter(id -> first.getOrDefault(id, Set.of()).isEmpty())
                .toList());
        Map<ResourceId, Set<ResourceId>> ordered = new LinkedHashMap<>();
        while (!ready.isEmpty()) {
            ResourceId next = ready.remove();
            ordered.put(next, requireNonNull(first.get(next)));
            requireNonNull(left.get(next)).after().stream()
                    .filter(source -> left.containsKey(source) && awaited.merge(source, -1, Integer::sum) == 0)
                    .forEach(ready::add);
        }
        if (ordered.size() < first.size()) {
            first.keySet().removeAll(ordered.keySet());
            throw new JournalException(damaged(cycle(first)));
        }
        return ordered;
    }

    /** Everything in the map waits for something in the map: following that for long enough comes round. */
    private static List<ResourceId> cycle(Map<ResourceId, Set<ResourceId>> waiting) {
        List<ResourceId> path = new ArrayList<>();
        ResourceId next = waiting.keySet().iterator().next();
        while (!path.contains(next)) {
            path.add(next);
            next = requireNonNull(waiting.get(next)).stream()
                    .filter(waiting::containsKey)
                    .findFirst()
                    .orElseThrow();
        }
        path.add(next);
        return path.subList(path.indexOf(next), path.size());
    }

    private static Cause damaged(List<ResourceId> cycle) {
        return new Cause(
                "the journal says that resources are made of each other: "
                        + String.join(
                                " → ", cycle.stream().map(ResourceId::toString).toList()),
                "journal",
                "the journal is damaged: restore a copy, or delete these by hand and begin a new one");
    }
}
