package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.rollout.PlannedChange;
import io.nationtech.harmony.rollout.Waves;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What would change to make a deployment true, node by node. */
public final class FleetPlan {
    private final DeploymentName deployment;
    private final List<NodeChange> changes;
    private final DesiredPlacement wanted;
    private final Map<NodeId, NodeSpec> shares;
    private final Rollout rollout;
    private final NodeSpecDriver driver;
    private final ResourceGraph graph;
    private final GraphPlan steps;
    private final List<List<ResourceId>> waves;

    FleetPlan(
            DeploymentName deployment,
            List<NodeChange> changes,
            DesiredPlacement wanted,
            Rollout rollout,
            NodeSpecDriver driver,
            ResourceGraph graph,
            GraphPlan steps) {
        this.deployment = deployment;
        this.changes = List.copyOf(changes);
        this.wanted = wanted;
        this.shares = wanted.shares();
        this.rollout = rollout;
        this.driver = driver;
        this.graph = graph;
        this.steps = steps;
        this.waves = Waves.of(planned(), rollout).stream()
                .map(wave -> wave.nodes().stream().map(FleetInterpret::share).toList())
                .toList();
    }

    public DeploymentName deployment() {
        return deployment;
    }

    /** What changes, ordered by node. */
    public List<NodeChange> changes() {
        return changes;
    }

    /** What is declared, changed or not. */
    public List<Placement> placements() {
        return wanted.placements();
    }

    /** Work of lost nodes that waits for them. */
    public List<Pending> pending() {
        return wanted.pending();
    }

    /** Whether the world is as desired already. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Of the plan and of the world that it was made for: it differs when either moved. SHA-256 in hex. */
    public String fingerprint() {
        return steps.fingerprint();
    }

    /** The same resource by resource. */
    public SortedMap<ResourceId, String> fingerprints() {
        return steps.fingerprints();
    }

    /** Which nodes' shares are changed together, in this order. */
    public List<List<ResourceId>> waves() {
        return waves;
    }

    /** The shares of the wave before a share's own; empty for the first wave, and for a share that is not changed. */
    public List<ResourceId> after(ResourceId share) {
        return IntStream.range(1, waves.size())
                .filter(at -> waves.get(at).contains(share))
                .mapToObj(at -> waves.get(at - 1))
                .findFirst()
                .orElse(List.of());
    }

    /** The steps as the engine sees them. */
    public GraphPlan steps() {
        return steps;
    }

    /** What is new on its node, and touches nothing that runs. */
    List<NodeChange> additions() {
        return changes.stream().filter(change -> !change.isDisruptive()).toList();
    }

    /** On what terms the changes reach the nodes. */
    public Rollout rollout() {
        return rollout;
    }

    /** Whether so few nodes failed that the deployment counts as rolled out. */
    boolean tolerates(Collection<NodeId> failed) {
        return driver
                .nodes()
                .map(NodeStatus::info)
                .filter(node -> failed.contains(node.id()))
                .collect(Collectors.groupingBy(info -> info.location().failureDomain(), Collectors.counting()))
                .values()
                .stream()
                .allMatch(count -> count <= rollout.budget().perFailureDomain());
    }

    /** What a node is to have. */
    NodeSpec wanted(NodeId node) {
        return shares.getOrDefault(node, NodeSpec.NOTHING);
    }

    /** Of what is to be there, wherever that is, and of the terms of its rollout: SHA-256 in hex. */
    String target() {
        return ContentDigest.of(
                wanted.placements().stream()
                        .flatMap(placement -> placement.resources().stream())
                        .toList(),
                rollout);
    }

    private List<PlannedChange> planned() {
        return changes.stream().map(FleetPlan::planned).toList();
    }

    static PlannedChange planned(NodeChange change) {
        NodeInfo node = change.node().info();
        return new PlannedChange(node.id(), node.location().failureDomain(), kind(change));
    }

    private static PlannedChange.Kind kind(NodeChange change) {
        if (!change.isDisruptive()) {
            return PlannedChange.Kind.ADDS;
        }
        return change.to().resources().isEmpty() ? PlannedChange.Kind.REMOVES : PlannedChange.Kind.CHANGES;
    }

    NodeSpecDriver driver() {
        return driver;
    }

    ResourceGraph graph() {
        return graph;
    }
}
