package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.Told;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.DriverException.Persistence;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.ResourceKind;
import io.nationtech.harmony.graph.ResourceName;
import io.nationtech.harmony.graph.Target;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A deployment's shares of all nodes: what they are told comes of one reading of the mesh, writing is a compare-and-set against
 * that reading, and a write is done once the node has followed. What a share turns out to be is the revision under which its
 * node was told.
 */
final class ShareDriver implements Driver<NodeShare, Long> {
    static final ResourceKind KIND = ResourceKind.of("node-share");

    private final Fleet fleet;
    private final DeploymentName deployment;
    private final Duration patience;
    private final Map<NodeId, NodeStatus> nodes = new ConcurrentHashMap<>();
    private final Map<NodeId, Versioned<DesiredState>> told = new ConcurrentHashMap<>();

    ShareDriver(Fleet fleet, DeploymentName deployment, Duration patience, Inventory inventory) {
        this.fleet = fleet;
        this.deployment = deployment;
        this.patience = patience;
        inventory.nodes().forEach(node -> {
            nodes.put(node.info().id(), node);
            Optional.ofNullable(node.desired().get(deployment))
                    .ifPresent(one -> told.put(node.info().id(), one));
        });
    }

    @Override
    public ResourceKind kind() {
        return KIND;
    }

    @Override
    public Target target(ResourceName name) {
        return new Target("node '%s'".formatted(name), 1);
    }

    @Override
    public Durability durability() {
        return Durability.STATELESS;
    }

    @Override
    public Optional<Observed<NodeShare, Long>> read(ResourceName name) {
        return Optional.ofNullable(told.get(node(name)))
                .filter(one -> !one.value().resources().isEmpty())
                .map(one -> new Observed<>(new NodeShare(one.value().resources()), one.revision()));
    }

    @Override
    public void create(ResourceName name, NodeShare desired) throws DriverException {
        tell(node(name), desired);
    }

    @Override
    public void update(ResourceName name, NodeShare current, NodeShare desired) throws DriverException {
        tell(node(name), desired);
    }

    /** The node is told to have nothing; the key stays, as a key that is gone tells a node nothing. */
    @Override
    public void delete(ResourceName name) throws DriverException {
        tell(node(name), NodeShare.NOTHING);
    }

    private void tell(NodeId node, NodeShare share) throws DriverException {
        DesiredState desired = new DesiredState(node, deployment, share.resources());
        try {
            long revision = written(desired);
            told.put(node, new Versioned<>(revision, desired));
            if (isAlive(node)) {
                Optional<Cause> late =
                        Following.of(fleet, node, deployment, revision).within(patience);
                if (late.isPresent()) {
                    throw new DriverException(late.get(), Persistence.PERMANENT);
                }
            }
        } catch (MeshUnavailableException e) {
            throw new DriverException(e.why(), Persistence.TRANSIENT);
        }
    }

    private long written(DesiredState desired) throws DriverException {
        Optional<Long> expected = Optional.ofNullable(told.get(desired.node())).map(Versioned::revision);
        return switch (fleet.tell(desired, expected)) {
            case Written.At(long revision) -> revision;
            case Written.Conflict() -> whatIsThere(desired);
        };
    }

    /** A write whose answer was lost is found when it is tried again. */
    private long whatIsThere(DesiredState desired) throws DriverException {
        Optional<Told> now = fleet.told(desired.node(), deployment);
        if (now.isPresent()
                && now.get().desired() instanceof Decoded.Value<DesiredState>(var state)
                && state.equals(desired)) {
            return now.get().revision();
        }
        throw new DriverException(
                now.flatMap(one -> one.desired() instanceof Decoded.Unreadable<DesiredState>(Cause cause)
                                ? Optional.of(unreadable(desired.node(), cause))
                                : Optional.empty())
                        .orElseGet(() -> overtaken(desired.node())),
                Persistence.PERMANENT);
    }

    /** What a newer version told is in no inventory, so a plan made here cannot know of it; and must not write over it. */
    private Cause unreadable(NodeId node, Cause cause) {
        return new Cause(
                "node '%s' is told something about deployment '%s' that is not overwritten: %s"
                        .formatted(node, deployment, cause.what()),
                "mesh, bucket desired-state, key %s.%s".formatted(node, deployment),
                "deploy with the version of Harmony that wrote it; when nobody needs it, delete the key and deploy again");
    }

    private Cause overtaken(NodeId node) {
        return new Cause(
                "node '%s' was told something else about deployment '%s' since this plan was made"
                        .formatted(node, deployment),
                "mesh, desired state",
                "somebody else deploys at the same time: look at `harmony status`, then plan again");
    }

    /** What an apply has to say of a node that was told. */
    String followed(NodeId node) {
        return isAlive(node)
                ? "node '%s' follows revision %d"
                        .formatted(
                                node,
                                Optional.ofNullable(told.get(node))
                                        .map(Versioned::revision)
                                        .orElse(0L))
                : "node '%s' is lost and will follow when it returns".formatted(node);
    }

    /** As read when planning. */
    Stream<NodeStatus> nodes() {
        return nodes.values().stream();
    }

    private boolean isAlive(NodeId node) {
        return Optional.ofNullable(nodes.get(node)).filter(NodeStatus::isAlive).isPresent();
    }

    private static NodeId node(ResourceName name) {
        return NodeId.of(name.value());
    }
}
