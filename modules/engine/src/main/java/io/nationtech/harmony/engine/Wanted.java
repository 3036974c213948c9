package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Lowering;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the scores of a deployment come down to, node by node. */
record Wanted(List<Placement> placements) {
    Wanted {
        placements = List.copyOf(placements);
    }

    static Wanted nothing() {
        return new Wanted(List.of());
    }

    static Planning<Wanted> of(Deployment<?> deployment, Inventory inventory) {
        List<Placement> placements = new ArrayList<>();
        for (Inventory part : inventory.parts(deployment.topology())) {
            for (Score<?> score : deployment.scores()) {
                switch (lowered(score, deployment, part)) {
                    case Lowering.Unplaceable(Cause cause) -> {
                        return new Planning.Impossible<>(cause);
                    }
                    case Lowering.Placed(var resources) ->
                        resources.forEach((node, share) ->
                                share.forEach(resource -> placements.add(new Placement(score.name(), node, resource))));
                }
            }
        }
        Wanted wanted = new Wanted(placements);
        return wanted.clash(deployment)
                .<Planning<Wanted>>map(Planning.Impossible::new)
                .orElseGet(() -> new Planning.Planned<>(wanted));
    }

    /** The edge to code of a deployment: whatever it throws is the cause why it cannot be planned. */
    private static Lowering lowered(Score<?> score, Deployment<?> deployment, Inventory part) {
        try {
            return score.lower(deployment.name(), part);
        } catch (RuntimeException e) {
            String message = Optional.ofNullable(e.getMessage()).orElse("no message");
            return new Lowering.Unplaceable(new Cause(
                    "score '%s' throws %s: %s"
                            .formatted(score.name(), e.getClass().getSimpleName(), message),
                    "deployment '%s', %s.lower"
                            .formatted(deployment.name(), score.getClass().getName()),
                    "mend the score; nothing was changed"));
        }
    }

    /** What each node that is wanted for something shall have. */
    Map<NodeId, NodeShare> shares() {
        Map<NodeId, NodeShare> shares = new HashMap<>();
        byNode().forEach((node, resources) -> shares.put(node, new NodeShare(resources)));
        return shares;
    }

    /** In the order in which it is declared. */
    private SortedMap<NodeId, List<NodeResource>> byNode() {
        return placements.stream()
                .collect(Collectors.groupingBy(
                        Placement::node, TreeMap::new, Collectors.mapping(Placement::resource, Collectors.toList())));
    }

    private Optional<Cause> clash(Deployment<?> deployment) {
        return byNode().entrySet().stream()
                .flatMap(share -> Stream.concat(
                        labelClash(share.getKey(), share.getValue()).stream(),
                        portClash(share.getKey(), share.getValue()).stream()))
                .findFirst()
                .map(clash -> new Cause(clash.what(), "deployment '%s'".formatted(deployment.name()), clash.next()));
    }

    private record Clash(String what, String next) {}

    private static Optional<Clash> labelClash(NodeId node, List<NodeResource> resources) {
        Set<String> labels = new HashSet<>();
        return resources.stream()
                .map(NodeResource::label)
                .filter(label -> !labels.add(label))
                .findFirst()
                .map(label -> new Clash(
                        "several scores want %s on node '%s'".formatted(label, node),
                        "give each score a name of its own"));
    }

    private static Optional<Clash> portClash(NodeId node, List<NodeResource> resources) {
        Map<Port, String> owners = new HashMap<>();
        for (NodeResource resource : resources) {
            for (PublishedPort port : ports(resource)) {
                String other = owners.putIfAbsent(port.node(), resource.label());
                if (other != null) {
                    return Optional.of(new Clash(
                            "%s and %s both want port %s of node '%s'"
                                    .formatted(other, resource.label(), port.node(), node),
                            "publish one of them at another port"));
                }
            }
        }
        return Optional.empty();
    }

    private static List<PublishedPort> ports(NodeResource resource) {
        return switch (resource) {
            case Container container -> container.ports();
        };
    }
}
