package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Chooses nodes for the replicas of a service: those that run it already first, then the failure domain with the fewest
 * replicas, then the emptiest node, then by id. Deterministic, and stable while nodes stay.
 */
record Spread(DeploymentName deployment, ServiceName service, Replicas replicas) {

    List<NodeStatus> choose(List<NodeStatus> candidates) {
        List<NodeStatus> left = new ArrayList<>(candidates);
        List<NodeStatus> chosen = new ArrayList<>();
        Map<FailureDomain, Integer> used = new HashMap<>();
        Comparator<NodeStatus> best = Comparator.<NodeStatus, Boolean>comparing(node -> !runsService(node))
                .thenComparingInt(node -> used.getOrDefault(node.info().failureDomain(), 0))
                .thenComparingInt(node -> node.desired().size())
                .thenComparing(node -> node.info().id());
        while (chosen.size() < replicas.count()) {
            NodeStatus next = left.stream().min(best).orElseThrow();
            left.remove(next);
            chosen.add(next);
            used.merge(next.info().failureDomain(), 1, Integer::sum);
        }
        return chosen;
    }

    private boolean runsService(NodeStatus node) {
        return Stream.ofNullable(node.desired().get(deployment))
                .flatMap(told -> told.value().containers().stream())
                .map(Container::name)
                .anyMatch(name -> name.value().equals(service.value()));
    }
}
