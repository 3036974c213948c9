package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.DriverException;
import io.nationtech.harmony.graph.DriverException.Persistence;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.Target;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A deployment's specs of all nodes: what they are told comes of one reading of the mesh, writing is a compare-and-set against
 * that reading. What a spec turns out to be is the revision under which its node was told; whether the node followed is another's
 * question.
 */
final class NodeSpecDriver implements Driver<NodeSpec, Long> {
    static final KindName KIND = KindName.of("node-share");

    private final Map<NodeId, NodeStatus> nodes;
    private final DesiredStateWriter writer;

    NodeSpecDriver(
            Fleet fleet, DeploymentName deployment, PlacementLock lock, FleetReading reading, Optional<Pace> rollback) {
        this.writer = new DesiredStateWriter(fleet, deployment, lock, reading, rollback);
        this.nodes = reading.inventory().nodes().stream()
                .collect(Collectors.toUnmodifiableMap(node -> node.info().id(), Function.identity()));
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
        return writer.told(node(name))
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
            writer.tell(node, share);
        } catch (PayloadTooLargeException e) {
            throw new DriverException(e.why(), Persistence.PERMANENT);
        } catch (MeshUnavailableException e) {
            throw new DriverException(e.why(), Persistence.TRANSIENT);
        }
    }

    /** Tells nodes at once, while the lease is held under which that was planned; what fails here is done by its step, or it says why not. */
    void tellAtOnce(Leases.Lease lease, List<NodeChange> changes) {
        for (NodeChange change : changes) {
            if (!writer.tellAtOnce(lease, change.node().info().id(), change.to())) {
                return;
            }
        }
    }

    DesiredStateWriter writer() {
        return writer;
    }

    /** What an apply has to say of a node that was told. */
    String followed(NodeId node) {
        return isAlive(node)
                ? "node '%s' follows revision %d"
                        .formatted(
                                node, writer.told(node).map(Versioned::revision).orElse(0L))
                : followsLater(node);
    }

    static String followsLater(NodeId node) {
        return "node '%s' is lost and will follow when it returns".formatted(node);
    }

    /** What nodes are told of the deployment by now, as far as is known here. */
    Map<NodeId, Versioned<DesiredState>> told() {
        return nodes.keySet().stream()
                .filter(node -> writer.told(node).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(), node -> writer.told(node).orElseThrow()));
    }

    /** The nodes as read when planning, with what they are told of the deployment, and whether they live, by now. */
    Inventory inventory(Fleet fleet) {
        Map<NodeId, Liveness> liveness = fleet.liveness(nodes.keySet());
        return new Inventory(nodes.values().stream()
                .map(node -> now(node, liveness.getOrDefault(node.info().id(), new Liveness.NeverSeen())))
                .toList());
    }

    private NodeStatus now(NodeStatus node, Liveness liveness) {
        Map<DeploymentName, Versioned<DesiredState>> desired = new HashMap<>(node.desired());
        writer.told(node.info().id()).ifPresent(one -> desired.put(one.value().deployment(), one));
        return new NodeStatus(node.info(), liveness, node.hardware(), desired, node.maintenance());
    }

    /** As read when planning. */
    Stream<NodeStatus> nodes() {
        return nodes.values().stream();
    }

    boolean isAlive(NodeId node) {
        return Optional.ofNullable(nodes.get(node)).filter(NodeStatus::isAlive).isPresent();
    }

    private static NodeId node(ResourceName name) {
        return NodeId.of(name.value());
    }
}
