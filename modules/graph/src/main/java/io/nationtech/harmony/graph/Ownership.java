package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Ledger.Owned;
import io.nationtech.harmony.graph.Ledger.Settled;
import io.nationtech.harmony.graph.ResourceGraph.Declared;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who owns what once names that changed are sorted out.
 *
 * @param owned of what is declared, under the name of today
 * @param moves the name before, by the name of today
 * @param left what is owned and not declared any more
 */
record Ownership(Map<ResourceId, Owned> owned, Map<ResourceId, ResourceId> moves, Map<ResourceId, Owned> left) {

    static Ownership of(ResourceGraph graph, Ledger ledger) {
        Map<ResourceId, Owned> left = new TreeMap<>(ledger.all());
        Map<ResourceId, Owned> owned = new HashMap<>();
        Map<ResourceId, ResourceId> moves = new HashMap<>();
        graph.declared()
                .forEach(one ->
                        Optional.ofNullable(left.remove(one.id())).ifPresent(known -> owned.put(one.id(), known)));
        for (Declared<?, ?> one : graph.declared()) {
            if (!owned.containsKey(one.id())) {
                one.previously().stream()
                        .filter(left::containsKey)
                        .sorted()
                        .findFirst()
                        .ifPresent(before -> {
                            owned.put(one.id(), left.remove(before));
                            moves.put(one.id(), before);
                        });
            }
        }
        return new Ownership(owned, moves, left);
    }

    ResourceName physical(ResourceId id) {
        return Optional.ofNullable(owned.get(id)).map(Owned::physical).orElse(id.name());
    }

    Settled settled(ResourceId id) {
        return Optional.ofNullable(owned.get(id)).map(Owned::settled).orElse(Settled.NO);
    }

    Optional<ResourceId> movedFrom(ResourceId id) {
        return Optional.ofNullable(moves.get(id));
    }
}
