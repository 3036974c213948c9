package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Interpret;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.Author;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.graph.Output;
import io.nationtech.harmony.graph.Planner;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.placement.ServiceExplanation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Interprets deployments by telling nodes, over the mesh, what to have: each node's share is a resource of a graph. Nodes that get
 * something new do so at the same time; what touches running work goes node by node, and not at all once a node failed.
 */
public final class FleetInterpret implements Interpret<FleetPlan> {
    /** A call tells a node and waits for it: the wait has its own end, which says more. */
    private static final Duration TELLING = PlacementLock.PATIENCE.plusSeconds(30);

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final Fleet fleet;
    private final Journal journal;
    private final PlacementLock turns;
    private final ApplyTerms terms;
    private final SecretSupply secrets;

    /**
     * @param journal of the deployment that is planned and applied
     */
    FleetInterpret(Fleet fleet, Journal journal, PlacementLock turns, ApplyTerms terms, SecretSupply secrets) {
        this.fleet = fleet;
        this.journal = journal;
        this.turns = turns;
        this.terms = terms;
        this.secrets = secrets;
    }

    /** One that only plans; applying with it is a defect. */
    public static FleetInterpret reading(Fleet fleet, Ledger ledger, SecretSupply secrets) {
        return new FleetInterpret(
                fleet,
                new ReadJournal(ledger),
                new PlacementLock(fleet, Author.of("reader")),
                ApplyTerms.careful(Duration.ZERO, DeployProgress.silent()),
                secrets);
    }

    @Override
    public Planning<FleetPlan> plan(Deployment<?> deployment, Inventory inventory) throws InterruptedException {
        return switch (secrets.versions(deployment.name(), deployment.secrets())) {
            case Planning.Impossible<Map<SecretRef, Long>>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<Map<SecretRef, Long>>(Map<SecretRef, Long> versions) ->
                plan(deployment, inventory, versions);
        };
    }

    private Planning<FleetPlan> plan(Deployment<?> deployment, Inventory inventory, Map<SecretRef, Long> versions)
            throws InterruptedException {
        return switch (DesiredPlacement.of(deployment, inventory.with(versions))) {
            case Planning.Impossible<DesiredPlacement>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) -> plan(deployment, inventory, wanted);
        };
    }

    /** A plan whose room is taken, or why there is none. */
    sealed interface Commitment {

        /** Nodes are told already what is new to them. */
        record Made(FleetPlan plan) implements Commitment {}

        /** Nothing was told. */
        record Refused(List<Cause> causes) implements Commitment {}
    }

    /**
     * Plans, and tells nodes at once what is new to them, while nobody else takes anything: what is placed here is nowhere promised to
     * others. What touches running work is told later, node by node.
     */
    Commitment claim(Deployment<?> deployment, Deployer.Reservation reservation) throws InterruptedException {
        return switch (secrets.versions(deployment.name(), deployment.secrets())) {
            case Planning.Impossible<Map<SecretRef, Long>>(Cause cause) -> refused(cause);
            case Planning.Planned<Map<SecretRef, Long>>(Map<SecretRef, Long> versions) ->
                switch (turns.take(turn -> claim(deployment, versions, reservation, turn))) {
                    case PlacementLock.Result.Missed<Commitment>(Cause why) -> refused(why);
                    case PlacementLock.Result.Had<Commitment>(Commitment claim) -> claim;
                };
        };
    }

    private Commitment claim(
            Deployment<?> deployment,
            Map<SecretRef, Long> versions,
            Deployer.Reservation reservation,
            Leases.Lease turn)
            throws InterruptedException {
        return switch (plan(deployment, fleet.inventory(), versions)) {
            case Planning.Impossible<FleetPlan>(Cause cause) -> refused(cause);
            case Planning.Planned<FleetPlan>(FleetPlan plan) -> {
                Optional<Cause> against = reservation.against(plan);
                yield against.isPresent() ? refused(against.get()) : claim(plan, turn);
            }
        };
    }

    private Commitment claim(FleetPlan plan, Leases.Lease turn) {
        terms.progress().planned(plan.deployment(), plan.changes());
        List<Cause> obstacles = prepared(plan);
        if (!obstacles.isEmpty()) {
            return new Commitment.Refused(obstacles);
        }
        plan.driver()
                .tellAtOnce(
                        turn,
                        plan.changes().stream()
                                .filter(change -> !change.isDisruptive())
                                .toList());
        return new Commitment.Made(plan);
    }

    private static Commitment refused(Cause cause) {
        return new Commitment.Refused(List.of(cause));
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

    private Planning<FleetPlan> plan(Deployment<?> deployment, Inventory inventory, DesiredPlacement wanted)
            throws InterruptedException {
        Optional<Cause> obstacle =
                new SecretDistribution(fleet, secrets, deployment.name()).obstacle(wanted, inventory);
        return obstacle.isPresent()
                ? new Planning.Impossible<>(obstacle.get())
                : new Planning.Planned<>(plan(deployment.name(), inventory, wanted));
    }

    /** Plans to have nothing of a deployment anywhere. */
    public FleetPlan planWithdrawal(DeploymentName deployment, Inventory inventory) throws InterruptedException {
        return plan(deployment, inventory, DesiredPlacement.nothing());
    }

    private FleetPlan plan(DeploymentName deployment, Inventory inventory, DesiredPlacement wanted)
            throws InterruptedException {
        NodeSpecDriver driver = new NodeSpecDriver(fleet, deployment, turns, terms.patience(), inventory);
        Map<NodeId, NodeSpec> later = wanted.shares();
        List<NodeChange> shares = inventory.nodes().stream()
                .map(node -> NodeChange.of(
                        node,
                        told(deployment, node),
                        later.getOrDefault(node.info().id(), NodeSpec.NOTHING),
                        wanted.renames()))
                .toList();
        ResourceGraph graph = graph(driver, shares);
        GraphPlan steps = new Planner(limits(), RandomGenerator.getDefault()).plan(graph, ledger(shares));
        List<NodeChange> changes =
                shares.stream().filter(share -> !share.details().isEmpty()).toList();
        return new FleetPlan(deployment, changes, wanted, driver, graph, steps);
    }

    private static NodeSpec told(DeploymentName deployment, NodeStatus node) {
        return Optional.ofNullable(node.desired().get(deployment))
                .map(told -> new NodeSpec(told.value().resources()))
                .orElse(NodeSpec.NOTHING);
    }

    private static ResourceGraph graph(NodeSpecDriver driver, List<NodeChange> shares) {
        ResourceGraph.Builder graph = ResourceGraph.builder().knows(driver);
        List<NodeChange> declared = shares.stream()
                .filter(share -> !share.to().resources().isEmpty())
                .toList();
        List<Output<?>> earlier = new ArrayList<>();
        for (NodeChange share : declared) {
            if (!share.isDisruptive()) {
                Output<Long> done = add(graph, driver, share, List.of());
                if (!share.details().isEmpty()) {
                    earlier.add(done);
                }
            }
        }
        // Serving goes on: a node is touched once the one before, or all that is new, is as declared.
        for (NodeChange share : declared) {
            if (share.isDisruptive()) {
                earlier = List.of(add(graph, driver, share, earlier));
            }
        }
        return graph.build();
    }

    private static Output<Long> add(
            ResourceGraph.Builder graph, NodeSpecDriver driver, NodeChange share, List<Output<?>> earlier) {
        Output<NodeSpec> desired = Output.of(share.to());
        for (Output<?> one : earlier) {
            desired = desired.after(one);
        }
        return graph.add(driver, Long.class, share.id().name(), desired);
    }

    /**
     * What the deployment owns: as the journal tells, and whatever nodes are told of it, since each key of the mesh says whose
     * it is. What is not declared any more goes node by node.
     */
    private Ledger ledger(List<NodeChange> shares) {
        Ledger ledger = new Ledger();
        Ledger kept = journal.ledger();
        kept.all().forEach((id, owned) -> accept(ledger, id, owned));
        Set<ResourceId> next = Set.of();
        for (NodeChange share : shares.reversed()) {
            boolean isThere = !share.from().resources().isEmpty();
            if (share.to().resources().isEmpty()
                    && (isThere || kept.owned(share.id()).isPresent())) {
                accept(ledger, share.id(), new Ledger.Owned(share.id().name(), next, Ledger.Settled.YES));
                next = Set.of(share.id());
            } else if (isThere && kept.owned(share.id()).isEmpty()) {
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

    private Limits limits() {
        return new Limits(terms.patience().plus(TELLING), ATTEMPTS, FIRST_PAUSE);
    }

    @Override
    public List<Cause> apply(FleetPlan plan) throws InterruptedException {
        List<Cause> obstacles = prepared(plan);
        return obstacles.isEmpty() ? applyPrepared(plan) : obstacles;
    }

    /** What must be so before any node is told anything: nothing is lost without consent, and secrets are with their nodes. */
    private List<Cause> prepared(FleetPlan plan) {
        List<Cause> losses = VolumeLossGuard.withoutConsent(plan, terms.consent());
        return losses.isEmpty() ? new SecretDistribution(fleet, secrets, plan.deployment()).deliver(plan) : losses;
    }

    /** Applies a plan that is prepared. */
    List<Cause> applyPrepared(FleetPlan plan) throws InterruptedException {
        StepProgress steps = new StepProgress(plan, terms.progress());
        new Applier(limits(), RandomGenerator.getDefault(), terms.consent(), steps)
                .apply(plan.graph(), plan.steps(), journal);
        if (steps.failures().isEmpty()) {
            new SecretDistribution(fleet, secrets, plan.deployment()).tidy(plan);
        }
        return steps.failures();
    }

    /** The share of a node. */
    public static ResourceId share(NodeId node) {
        return new ResourceId(NodeSpecDriver.KIND, ResourceName.of(node.value()));
    }
}
