package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.DriverException.Persistence;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.Target;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A deployment's shares of all nodes: what they are told comes of one reading of the mesh, writing is a compare-and-set against
 * that reading, and a write is done once the node has followed. What a share turns out to be is the revision under which its
 * node was told.
 */
final class NodeSpecDriver implements Driver<NodeSpec, Long> {
    static final KindName KIND = KindName.of("node-share");

    private final Fleet fleet;
    private final DeploymentName deployment;
    private final Duration patience;
    private final Map<NodeId, NodeStatus> nodes = new ConcurrentHashMap<>();
    private final DesiredStateWriter telling;

    NodeSpecDriver(
            Fleet fleet, DeploymentName deployment, PlacementLock turns, Duration patience, Inventory inventory) {
        this.fleet = fleet;
        this.deployment = deployment;
        this.patience = patience;
        this.telling = new DesiredStateWriter(fleet, deployment, turns, inventory);
        inventory.nodes().forEach(node -> nodes.put(node.info().id(), node));
    }

    @Override
    public KindName kind() {
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
    public Optional<Observed<NodeSpec, Long>> read(ResourceName name) {
        return telling.told(node(name))
                .filter(one -> !one.value().resources().isEmpty())
                .map(one -> new Observed<>(new NodeSpec(one.value().resources()), one.revision()));
    }

    @Override
    public void create(ResourceName name, NodeSpec desired) throws DriverException {
        tell(node(name), desired);
    }

    @Override
    public void update(ResourceName name, NodeSpec current, NodeSpec desired) throws DriverException {
        tell(node(name), desired);
    }

    /** The node is told to have nothing; the key stays, as a key that is gone tells a node nothing. */
    @Override
    public void delete(ResourceName name) throws DriverException {
        tell(node(name), NodeSpec.NOTHING);
    }

    private void tell(NodeId node, NodeSpec share) throws DriverException {
        try {
            long revision = telling.tell(node, share);
            if (isAlive(node)) {
                Optional<Cause> late =
                        RolloutWait.of(fleet, node, deployment, revision).within(patience);
                if (late.isPresent()) {
                    throw new DriverException(late.get(), Persistence.PERMANENT);
                }
            }
        } catch (MeshUnavailableException e) {
            throw new DriverException(e.why(), Persistence.TRANSIENT);
        }
    }

    /** Tells nodes at once, during the turn in which that was planned; what fails here is done by its step, or it says why not. */
    void tellAtOnce(Leases.Lease turn, List<NodeChange> changes) {
        for (NodeChange change : changes) {
            if (!telling.tellAtOnce(turn, change.node().info().id(), change.to())) {
                return;
            }
        }
    }

    /** What an apply has to say of a node that was told. */
    String followed(NodeId node) {
        return isAlive(node)
                ? "node '%s' follows revision %d"
                        .formatted(
                                node,
                                telling.told(node).map(Versioned::revision).orElse(0L))
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
