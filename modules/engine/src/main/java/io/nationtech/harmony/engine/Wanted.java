package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Lowering;
import io.nationtech.harmony.domain.Piece;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Score;
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
record Wanted(List<Placement> placements, List<Pending> pending, Renames renames) {
    Wanted {
        placements = List.copyOf(placements);
        pending = List.copyOf(pending);
    }

    static Wanted nothing() {
        return new Wanted(List.of(), List.of(), Renames.none());
    }

    static Planning<Wanted> of(Deployment<?> deployment, Inventory inventory) {
        return switch (placings(deployment, inventory)) {
            case Planning.Impossible<List<Placing>>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<List<Placing>>(List<Placing> parts) ->
                parts.stream()
                        .flatMap(part -> part.failure().stream())
                        .findFirst()
                        .<Planning<Wanted>>map(Planning.Impossible::new)
                        .orElseGet(() -> together(deployment, parts));
        };
    }

    private static Planning<Wanted> together(Deployment<?> deployment, List<Placing> parts) {
        Wanted wanted = new Wanted(
                parts.stream().flatMap(part -> part.placements().stream()).toList(),
                parts.stream().flatMap(part -> part.pending().stream()).toList(),
                Renames.of(deployment));
        return wanted.clash(deployment)
                .<Planning<Wanted>>map(Planning.Impossible::new)
                .orElseGet(() -> new Planning.Planned<>(wanted));
    }

    /** Where everything would be, whether or not all of it has a place. */
    static Planning<List<Placing>> placings(Deployment<?> deployment, Inventory inventory) {
        List<Placing> placings = new ArrayList<>();
        for (Inventory part : inventory.parts(deployment.topology())) {
            List<Placing.Wish> wishes = new ArrayList<>();
            for (Score<?> score : deployment.scores()) {
                switch (lowered(score, deployment, part)) {
                    case Lowering.Impossible(Cause cause) -> {
                        return new Planning.Impossible<>(cause);
                    }
                    case Lowering.Runs(List<Piece> pieces) ->
                        pieces.forEach(piece -> wishes.add(new Placing.Wish(score.name(), piece)));
                }
            }
            Optional<Cause> unkept = Promises.unkept(deployment, wishes);
            if (unkept.isPresent()) {
                return new Planning.Impossible<>(unkept.get());
            }
            placings.add(
                    Placing.of(deployment.name(), wishes, Renames.of(deployment).applied(deployment.name(), part)));
        }
        return new Planning.Planned<>(placings);
    }

    /** The edge to code of a deployment: whatever it throws is the cause why it cannot be planned. */
    private static Lowering lowered(Score<?> score, Deployment<?> deployment, Inventory part) {
        try {
            return score.lower(deployment.name(), part);
        } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            String message = Optional.ofNullable(e.getMessage()).orElse("no message");
            return new Lowering.Impossible(new Cause(
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
