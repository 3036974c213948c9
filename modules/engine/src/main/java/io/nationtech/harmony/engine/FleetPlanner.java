package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.rollout.Rollout.Pace;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.Output;
import io.nationtech.harmony.graph.Planner;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.placement.ServiceExplanation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Plans what nodes would be told to make a deployment true: each node's spec is a resource of a graph, compared with what the node is
 * told. Writes nothing.
 */
public final class FleetPlanner {
    private final Fleet fleet;
    private final Supplier<Ledger> owned;
    private final PlacementLock lock;
    private final SecretSupply secrets;
    private final Duration timeout;

    /**
     * @param owned what the journal says that the deployment has
     * @param timeout how long a node may take to follow, longer than zero
     */
    FleetPlanner(Fleet fleet, Supplier<Ledger> owned, PlacementLock lock, SecretSupply secrets, Duration timeout) {
        this.fleet = fleet;
        this.owned = owned;
        this.lock = lock;
        this.secrets = secrets;
        this.timeout = timeout;
    }

    /** For whoever wants to know what would change, and changes nothing. */
    public static FleetPlanner of(Fleet fleet, Ledger owned, SecretSupply secrets) {
        return new FleetPlanner(
                fleet,
                () -> owned,
                new PlacementLock(fleet, Author.of("reader")),
                secrets,
                Rollout.DEFAULT.pace().deadline());
    }

    /** What would change to make a deployment true; impossible when a score cannot be had, or has no place. */
    public Planning<FleetPlan> plan(Deployment<?> deployment, Inventory inventory) throws InterruptedException {
        return switch (secrets.versions(deployment.name(), deployment.secrets())) {
            case Planning.Impossible<Map<SecretRef, Long>>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<Map<SecretRef, Long>>(Map<SecretRef, Long> versions) ->
                plan(deployment, FleetReading.of(inventory), versions);
        };
    }

    Planning<FleetPlan> plan(Deployment<?> deployment, FleetReading reading, Map<SecretRef, Long> versions)
            throws InterruptedException {
        return switch (place(deployment, reading, versions)) {
            case Planning.Impossible<DesiredPlacement>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) -> {
                FleetPlan plan = plan(deployment.name(), deployment.rollout(), reading, wanted);
                yield beyondGrant(plan)
                        .<Planning<FleetPlan>>map(Planning.Impossible::new)
                        .orElseGet(() -> new Planning.Planned<>(plan));
            }
        };
    }

    /** Why whoever plans may not apply it: nodes would not follow what they sign. */
    Optional<Cause> beyondGrant(FleetPlan plan) {
        return plan.changes().stream()
                .map(change -> change.node().info().id())
                .flatMap(node -> fleet.beyondGrant(node, plan.deployment()).stream())
                .findFirst();
    }

    Planning<DesiredPlacement> place(Deployment<?> deployment, FleetReading reading, Map<SecretRef, Long> versions) {
        Inventory inventory = reading.inventory().with(versions);
        return switch (DesiredPlacement.of(deployment, inventory)) {
            case Planning.Impossible<DesiredPlacement> impossible -> impossible;
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) ->
                SecretDistribution.of(fleet, secrets, deployment.name())
                        .obstacle(wanted, inventory)
                        .<Planning<DesiredPlacement>>map(Planning.Impossible::new)
                        .orElseGet(() -> new Planning.Planned<>(wanted));
        };
    }

    /** Why each service of a deployment would run where it would, or nowhere; impossible when a score cannot be had at all. */
    public Planning<List<ServiceExplanation>> explain(Deployment<?> deployment, Inventory inventory)
            throws InterruptedException {
        return switch (secrets.versions(deployment.name(), deployment.secrets())) {
            case Planning.Impossible<Map<SecretRef, Long>>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<Map<SecretRef, Long>>(Map<SecretRef, Long> versions) ->
                switch (DesiredPlacement.placings(deployment, inventory.with(versions))) {
                    case Planning.Impossible<List<Placing>>(Cause cause) -> new Planning.Impossible<>(cause);
                    case Planning.Planned<List<Placing>>(List<Placing> parts) ->
                        new Planning.Planned<>(parts.stream()
                                .flatMap(part -> part.explanations().stream())
                                .toList());
                };
        };
    }

    /** Plans to have nothing of a deployment anywhere. */
    FleetPlan planWithdrawal(DeploymentName deployment, FleetReading reading) throws InterruptedException {
        return plan(deployment, Rollout.DEFAULT, reading, DesiredPlacement.nothing());
    }

    FleetPlan plan(DeploymentName deployment, Rollout rollout, FleetReading reading, DesiredPlacement wanted)
            throws InterruptedException {
        Map<NodeId, NodeSpec> later = wanted.shares();
        return plan(
                deployment,
                rollout,
                reading,
                wanted,
                node -> later.getOrDefault(node.info().id(), NodeSpec.NOTHING));
    }

    /** What a rollout that is kept still has to tell. */
    FleetPlan plan(DeploymentName deployment, Rollout rollout, FleetReading reading, RolloutCourse course)
            throws InterruptedException {
        Map<NodeId, NodeSpec> later = course.changes().stream()
                .collect(Collectors.toMap(change -> change.planned().node(), change -> new NodeSpec(change.after())));
        return plan(
                deployment,
                rollout,
                reading,
                DesiredPlacement.nothing(),
                node -> later.getOrDefault(node.info().id(), told(deployment, node)));
    }

    private FleetPlan plan(
            DeploymentName deployment,
            Rollout rollout,
            FleetReading reading,
            DesiredPlacement wanted,
            Function<NodeStatus, NodeSpec> later)
            throws InterruptedException {
        NodeSpecDriver driver = new NodeSpecDriver(fleet, deployment, lock, reading, rollback(rollout));
        List<NodeChange> shares = reading.inventory().nodes().stream()
                .map(node -> NodeChange.of(node, told(deployment, node), later.apply(node), wanted.renames()))
                .toList();
        ResourceGraph graph = graph(driver, shares);
        GraphPlan steps =
                new Planner(FleetInterpret.limits(timeout), lock.clocks().chance()).plan(graph, ledger(shares));
        List<NodeChange> changes =
                shares.stream().filter(share -> !share.details().isEmpty()).toList();
        return new FleetPlan(deployment, changes, wanted, rollout, driver, graph, steps);
    }

    /** On what terms nodes go back by themselves: whoever tells them to may be gone by then, or they cut off. */
    private Optional<Pace> rollback(Rollout rollout) {
        return switch (rollout.onFailure()) {
            case STOP -> Optional.empty();
            case ROLL_BACK -> Optional.of(rollout.within(timeout).pace());
        };
    }

    private static NodeSpec told(DeploymentName deployment, NodeStatus node) {
        return Optional.ofNullable(node.desired().get(deployment))
                .map(told -> new NodeSpec(told.value().resources()))
                .orElse(NodeSpec.NOTHING);
    }

    /** In which order nodes are told is the rollout's question: to the graph each is its own. */
    private static ResourceGraph graph(NodeSpecDriver driver, List<NodeChange> shares) {
        ResourceGraph.Builder graph = ResourceGraph.builder().knows(driver);
        shares.stream()
                .filter(share -> !share.to().resources().isEmpty())
                .forEach(share -> graph.add(driver, Long.class, share.id().name(), Output.of(share.to())));
        return graph.build();
    }

    /**
     * What the deployment owns: as the journal tells, and whatever nodes are told of it, since each key of the mesh says whose
     * it is.
     */
    private Ledger ledger(List<NodeChange> shares) {
        Ledger ledger = new Ledger();
        Ledger kept = owned.get();
        kept.all().forEach((id, one) -> accept(ledger, id, one));
        for (NodeChange share : shares) {
            boolean isThere = !share.from().resources().isEmpty();
            boolean isWanted = !share.to().resources().isEmpty();
            boolean isKept = kept.owned(share.id()).isPresent();
            if ((!isWanted && (isThere || isKept)) || (isThere && !isKept)) {
                accept(ledger, share.id(), new Ledger.Owned(share.id().name(), Set.of(), Ledger.Settled.YES));
            }
        }
        return ledger;
    }

    private static void accept(Ledger ledger, ResourceId id, Ledger.Owned owned) {
        ledger.accept(new JournalEntry.Began(id, owned.physical(), owned.after()));
        if (owned.settled() == Ledger.Settled.YES) {
            ledger.accept(new JournalEntry.Done(id));
        }
    }
}
