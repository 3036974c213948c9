package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.NodeId;
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

/**
 * What the scores of a deployment come down to, node by node.
 *
 * @param pending work of lost nodes that is still theirs
 * @param renames what has another name on nodes
 */
record DesiredPlacement(List<Placement> placements, List<Pending> pending, Renames renames) {
    DesiredPlacement {
        placements = List.copyOf(placements);
        pending = List.copyOf(pending);
    }

    static DesiredPlacement nothing() {
        return new DesiredPlacement(List.of(), List.of(), Renames.none());
    }

    static Planning<DesiredPlacement> of(Deployment<?> deployment, Inventory inventory) {
        return switch (placings(deployment, inventory)) {
            case Planning.Impossible<List<Placing>>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<List<Placing>>(List<Placing> parts) ->
                parts.stream()
                        .flatMap(part -> part.failure().stream())
                        .findFirst()
                        .<Planning<DesiredPlacement>>map(Planning.Impossible::new)
                        .orElseGet(() -> together(deployment, inventory, parts));
        };
    }

    private static Planning<DesiredPlacement> together(
            Deployment<?> deployment, Inventory inventory, List<Placing> parts) {
        DesiredPlacement wanted = new DesiredPlacement(
                parts.stream().flatMap(part -> part.placements().stream()).toList(),
                parts.stream().flatMap(part -> part.pending().stream()).toList(),
                Renames.of(deployment));
        return wanted.clash(deployment)
                .or(() -> KindSupport.missing(deployment.name(), wanted.placements(), inventory))
                .<Planning<DesiredPlacement>>map(Planning.Impossible::new)
                .orElseGet(() -> new Planning.Planned<>(wanted));
    }

    /** Where everything would be, whether or not all of it has a place. */
    static Planning<List<Placing>> placings(Deployment<?> deployment, Inventory inventory) {
        List<Placing> placings = new ArrayList<>();
        for (Inventory part : deployment.topology().parts(inventory)) {
            List<Placing.PlacementRequest> wishes = new ArrayList<>();
            for (Score<?> score : deployment.scores()) {
                switch (expanded(score, deployment, part)) {
                    case Expansion.Impossible(Cause cause) -> {
                        return new Planning.Impossible<>(cause);
                    }
                    case Expansion.Runs(List<Task> tasks) ->
                        tasks.forEach(task -> wishes.add(new Placing.PlacementRequest(score.name(), task)));
                }
            }
            Optional<Cause> unkept = UnsupportedTerms.unkept(deployment, wishes)
                    .or(() -> UnofferedKinds.among(deployment, wishes, inventory));
            if (unkept.isPresent()) {
                return new Planning.Impossible<>(unkept.get());
            }
            placings.add(
                    Placing.of(deployment.name(), wishes, Renames.of(deployment).applied(deployment.name(), part)));
        }
        return new Planning.Planned<>(placings);
    }

    /** The edge to code of a deployment: whatever it throws is the cause why it cannot be planned. */
    private static Expansion expanded(Score<?> score, Deployment<?> deployment, Inventory part) {
        try {
            return score.expand(deployment.name(), part);
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            String message = Optional.ofNullable(e.getMessage()).orElse("no message");
            return new Expansion.Impossible(new Cause(
                    "score '%s' throws %s: %s"
                            .formatted(score.name(), e.getClass().getSimpleName(), message),
                    "deployment '%s', %s.expand"
                            .formatted(deployment.name(), score.getClass().getName()),
                    "mend the score; nothing was changed"));
        }
    }

    /** What each node that is wanted for something shall have. */
    Map<NodeId, NodeSpec> shares() {
        Map<NodeId, NodeSpec> shares = new HashMap<>();
        byNode().forEach((node, resources) -> shares.put(node, new NodeSpec(resources)));
        return shares;
    }

    /** In the order in which it is declared. */
    private SortedMap<NodeId, List<NodeResource>> byNode() {
        return placements.stream()
                .collect(Collectors.groupingBy(
                        Placement::node,
                        TreeMap::new,
                        Collectors.flatMapping(placement -> placement.resources().stream(), Collectors.toList())));
    }

    private Optional<Cause> clash(Deployment<?> deployment) {
        return byNode().entrySet().stream()
                .flatMap(share -> labelTwice(share.getValue()).stream()
                        .map(label -> new Cause(
                                "%s is wanted twice on node '%s'".formatted(label, share.getKey()),
                                "deployment '%s'".formatted(deployment.name()),
                                "give each score a name of its own, and keep the copies of one apart")))
                .findFirst();
    }

    private static Optional<String> labelTwice(List<NodeResource> resources) {
        Set<String> labels = new HashSet<>();
        return resources.stream()
                .map(NodeResource::label)
                .filter(label -> !labels.add(label))
                .findFirst();
    }
}
