package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Interpret;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Lowering;
import io.nationtech.harmony.domain.NodeChange;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Plan;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.ResourceChange;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Interprets deployments by telling nodes, over the mesh, what to have. Safe for use by several threads. */
public final class FleetInterpret implements Interpret {
    private final Fleet fleet;
    private final Duration patience;

    /**
     * @param patience how long a node may take to follow a change; an image may have to be fetched
     */
    public FleetInterpret(Fleet fleet, Duration patience) {
        this.fleet = fleet;
        this.patience = patience;
    }

    @Override
    public Planning plan(Deployment<?> deployment, Inventory inventory) {
        Map<NodeId, List<NodeResource>> wanted = new HashMap<>();
        for (Inventory part : inventory.parts(deployment.topology())) {
            for (Score<?> score : deployment.scores()) {
                switch (score.lower(deployment.name(), part)) {
                    case Lowering.Unplaceable(Cause cause) -> {
                        return new Planning.Impossible(cause);
                    }
                    case Lowering.Placed(var resources) ->
                        resources.forEach((node, share) -> wanted.computeIfAbsent(node, _ -> new ArrayList<>())
                                .addAll(share));
                }
            }
        }
        return clash(deployment.name(), wanted)
                .<Planning>map(Planning.Impossible::new)
                .orElseGet(() -> new Planning.Planned(plan(deployment.name(), inventory, wanted)));
    }

    /** Plans to have nothing of a deployment anywhere. */
    public Plan planWithdrawal(DeploymentName deployment, Inventory inventory) {
        return plan(deployment, inventory, Map.of());
    }

    private static Plan plan(DeploymentName deployment, Inventory inventory, Map<NodeId, List<NodeResource>> wanted) {
        List<NodeChange> changes = inventory.nodes().stream()
                .map(node ->
                        change(deployment, node, wanted.getOrDefault(node.info().id(), List.of())))
                .filter(change -> !change.details().isEmpty())
                .toList();
        return new Plan(deployment, changes);
    }

    private static NodeChange change(DeploymentName deployment, NodeStatus node, List<NodeResource> wanted) {
        List<NodeResource> current = Optional.ofNullable(node.desired().get(deployment))
                .map(told -> told.value().resources())
                .orElse(List.of());
        return new NodeChange(
                node, new DesiredState(node.info().id(), deployment, wanted), Difference.between(current, wanted));
    }

    private static Optional<Cause> clash(DeploymentName deployment, Map<NodeId, List<NodeResource>> wanted) {
        for (var share : wanted.entrySet()) {
            Map<String, Long> byLabel = share.getValue().stream()
                    .collect(Collectors.groupingBy(NodeResource::label, Collectors.counting()));
            for (var label : byLabel.entrySet()) {
                if (label.getValue() > 1) {
                    return Optional.of(new Cause(
                            "%d scores want %s on node '%s'"
                                    .formatted(label.getValue(), label.getKey(), share.getKey()),
                            "deployment '%s'".formatted(deployment),
                            "give each score a name of its own"));
                }
            }
            Optional<Cause> contested = portClash(deployment, share.getKey(), share.getValue());
            if (contested.isPresent()) {
                return contested;
            }
        }
        return Optional.empty();
    }

    private static Optional<Cause> portClash(DeploymentName deployment, NodeId node, List<NodeResource> share) {
        Map<Port, String> owners = new HashMap<>();
        for (NodeResource resource : share) {
            for (PublishedPort port : ports(resource)) {
                String other = owners.putIfAbsent(port.node(), resource.label());
                if (other != null) {
                    return Optional.of(new Cause(
                            "%s and %s both want port %s of node '%s'"
                                    .formatted(other, resource.label(), port.node(), node),
                            "deployment '%s'".formatted(deployment),
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

    @Override
    public Outcome apply(NodeChange change) {
        return switch (fleet.tell(change.desired(), change.current().map(Versioned::revision))) {
            case Written.Conflict() -> new Outcome.Failed(conflict(change));
            case Written.At(long revision) -> follow(change, revision);
        };
    }

    private Outcome follow(NodeChange change, long revision) {
        NodeId node = change.node().info().id();
        if (!change.node().isAlive()) {
            return new Outcome.Changed("node '%s' is lost and will follow when it returns".formatted(node));
        }
        return await(node, change.desired().deployment(), revision)
                .<Outcome>map(Outcome.Failed::new)
                .orElseGet(() -> new Outcome.Changed("node '%s' follows revision %d".formatted(node, revision)));
    }

    /** Waits until the node has what it was told under a revision or a later one; says why when it does not. */
    public Optional<Cause> await(NodeId node, DeploymentName deployment, long revision) {
        return Following.of(fleet, node, deployment, revision).within(patience);
    }

    /** What a newer version told is in no inventory, so a plan made here cannot know of it; and must not write over it. */
    private Cause conflict(NodeChange change) {
        NodeId node = change.desired().node();
        DeploymentName deployment = change.desired().deployment();
        return fleet.told(node, deployment)
                .flatMap(told -> told.desired() instanceof Decoded.Unreadable<DesiredState>(Cause cause)
                        ? Optional.of(unreadable(node, deployment, cause))
                        : Optional.empty())
                .orElseGet(() -> overtaken(change));
    }

    private static Cause unreadable(NodeId node, DeploymentName deployment, Cause cause) {
        return new Cause(
                "node '%s' is told something about deployment '%s' that is not overwritten: %s"
                        .formatted(node, deployment, cause.what()),
                "mesh, bucket desired-state, key %s.%s".formatted(node, deployment),
                "deploy with the version of Harmony that wrote it; when nobody needs it, delete the key and deploy again");
    }

    private static Cause overtaken(NodeChange change) {
        return new Cause(
                "node '%s' was told something else about deployment '%s' since this plan was made"
                        .formatted(change.node().info().id(), change.desired().deployment()),
                "mesh, desired state",
                "somebody else deploys at the same time: look at `harmony status`, then plan again");
    }

    /** What must change to get from one set of resources to another; resources are the same when their labels are. */
    private static final class Difference {
        static List<ResourceChange> between(List<NodeResource> current, List<NodeResource> wanted) {
            Map<String, NodeResource> now = byLabel(current);
            Set<String> later = byLabel(wanted).keySet();
            List<ResourceChange> changes = new ArrayList<>();
            for (NodeResource resource : wanted) {
                NodeResource old = now.get(resource.label());
                if (old == null) {
                    changes.add(new ResourceChange.Create(resource));
                } else if (!Objects.equals(old, resource)) {
                    changes.add(new ResourceChange.Update(old, resource));
                }
            }
            current.stream()
                    .filter(resource -> !later.contains(resource.label()))
                    .map(ResourceChange.Delete::new)
                    .forEach(changes::add);
            return changes;
        }

        private static Map<String, NodeResource> byLabel(List<NodeResource> resources) {
            return resources.stream().collect(Collectors.toMap(NodeResource::label, Function.identity()));
        }
    }
}
