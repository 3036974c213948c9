package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import java.util.HashMap;
import java.util.Map;

/** Where the copies of each service are, and which of them keep others away. */
final class Services {
    /** Never added to. */
    private static final PlaceCounts NOWHERE = new PlaceCounts();

    private final Map<ServiceRef, PlaceCounts> copies = new HashMap<>();
    private final Map<ServiceRef, Map<Repulsion, PlaceCounts>> repelled = new HashMap<>();

    /** Copies of a service that tolerate none of another in their place. */
    record Repulsion(ServiceRef by, Scope scope) {}

    /** Adds a copy, or with -1 takes one away. */
    void count(Nodes nodes, Held held, int amount) {
        ServiceRef service = held.workload().id().service();
        add(copies, service, nodes, held.slot(), amount);
        for (Affinity affinity : held.workload().affinities()) {
            if (affinity instanceof Affinity.Away away && away.strength() instanceof Strength.Required) {
                var by = repelled.computeIfAbsent(away.service(), _ -> new HashMap<>());
                add(by, new Repulsion(service, away.scope()), nodes, held.slot(), amount);
                if (by.isEmpty()) {
                    repelled.remove(away.service());
                }
            }
        }
    }

    private static <K> void add(Map<K, PlaceCounts> counts, K key, Nodes nodes, int slot, int amount) {
        PlaceCounts places = counts.computeIfAbsent(key, _ -> new PlaceCounts());
        places.add(nodes, slot, amount);
        if (places.copies() == 0) {
            counts.remove(key);
        }
    }

    /** Where its copies are; empty counts when there is none. */
    PlaceCounts of(ServiceRef service) {
        return copies.getOrDefault(service, NOWHERE);
    }

    boolean has(ServiceRef service) {
        return copies.containsKey(service);
    }

    /** Who keeps copies of this service away, and from where. */
    Map<Repulsion, PlaceCounts> repelling(ServiceRef service) {
        return repelled.getOrDefault(service, Map.of());
    }
}
