package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Interpret;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.ConditionalTelling;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
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
import io.nationtech.harmony.rollout.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Interprets deployments by telling nodes, over the mesh, what to have: each node's spec is a resource of a graph, and a rollout tells
 * in which order they are told.
 */
public final class FleetInterpret implements Interpret<FleetPlan> {
    /** A call tells a node and waits for it: the wait has its own end, which says more. */
    private static final Duration TELLING = PlacementLock.TIMEOUT.plusSeconds(30);

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final Fleet fleet;
    private final Journal journal;
    private final PlacementLock lock;
    private final ApplyTerms terms;
    private final SecretSupply secrets;
    private Optional<List<NodeChange>> announced = Optional.empty();
    private Optional<RolloutStart> start = Optional.empty();

    /**
     * @param journal of the deployment that is planned and applied
     */
    FleetInterpret(Fleet fleet, Journal journal, PlacementLock lock, ApplyTerms terms, SecretSupply secrets) {
        this.fleet = fleet;
        this.journal = journal;
        this.lock = lock;
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
                plan(deployment, FleetReading.of(inventory), versions);
        };
    }

    private Planning<FleetPlan> plan(Deployment<?> deployment, FleetReading reading, Map<SecretRef, Long> versions)
            throws InterruptedException {
        return switch (place(deployment, reading, versions)) {
            case Planning.Impossible<DesiredPlacement>(Cause cause) -> new Planning.Impossible<>(cause);
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) ->
                new Planning.Planned<>(plan(deployment.name(), deployment.rollout(), reading, wanted));
        };
    }

    private Planning<DesiredPlacement> place(
            Deployment<?> deployment, FleetReading reading, Map<SecretRef, Long> versions) {
        Inventory inventory = reading.inventory().with(versions);
        return switch (DesiredPlacement.of(deployment, inventory)) {
            case Planning.Impossible<DesiredPlacement> impossible -> impossible;
            case Planning.Planned<DesiredPlacement>(DesiredPlacement wanted) ->
                new SecretDistribution(fleet.sealedSecrets(), secrets, deployment.name())
                        .obstacle(wanted, inventory)
                        .<Planning<DesiredPlacement>>map(Planning.Impossible::new)
                        .orElseGet(() -> new Planning.Planned<>(wanted));
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
     * Plans, and tells nodes at once what is new to them: what is placed here is nowhere promised to others, as each node is told on the
     * condition that nobody told it anything since it was read. What touches running work is told later, by the rollout.
     *
     * @param known the fleet as it was read last; it is read anew where the mesh cannot compare
     */
    Commitment claim(Deployment<?> deployment, Deployer.Reservation reservation, Supplier<FleetReading> known)
            throws InterruptedException {
        return switch (secrets.versions(deployment.name(), deployment.secrets())) {
            case Planning.Impossible<Map<SecretRef, Long>>(Cause cause) -> refused(cause);
            case Planning.Planned<Map<SecretRef, Long>>(Map<SecretRef, Long> versions) -> {
                Optional<ConditionalTelling> mesh = fleet.desiredStates().conditionally();
                yield mesh.isPresent()
                        ? new OptimisticPlacement(
                                        fleet,
                                        deployment.name(),
                                        mesh.get(),
                                        lock.clocks(),
                                        new Claiming(this, deployment, versions, reservation))
                                .claim(known.get())
                        : underLease(deployment, reservation, versions);
            }
        };
    }

    /** What is planned again and again until nobody is in the way. */
    private record Claiming(
            FleetInterpret interpret,
            Deployment<?> deployment,
            Map<SecretRef, Long> versions,
            Deployer.Reservation reservation)
            implements OptimisticPlacement.Planner {
        @Override
        public Planning<DesiredPlacement> place(FleetReading reading) throws InterruptedException {
            return interpret.place(deployment, reading, versions);
        }

        @Override
        public FleetPlan plan(FleetReading reading, DesiredPlacement wanted) throws InterruptedException {
            return interpret.plan(deployment.name(), deployment.rollout(), reading, wanted);
        }

        @Override
        public List<Cause> against(FleetPlan plan) {
            return interpret.admitted(plan, reservation);
        }
    }

    private Commitment underLease(
            Deployment<?> deployment, Deployer.Reservation reservation, Map<SecretRef, Long> versions)
            throws InterruptedException {
        return switch (lock.take(lease -> underLease(deployment, versions, reservation, lease))) {
            case PlacementLock.Result.Missed<Commitment>(Cause why) -> refused(why);
            case PlacementLock.Result.Had<Commitment>(Commitment claim) -> claim;
        };
    }

    private Commitment underLease(
            Deployment<?> deployment,
            Map<SecretRef, Long> versions,
            Deployer.Reservation reservation,
            Leases.Lease lease)
            throws InterruptedException {
        return switch (plan(deployment, fleet.reading(), versions)) {
            case Planning.Impossible<FleetPlan>(Cause cause) -> refused(cause);
            case Planning.Planned<FleetPlan>(FleetPlan plan) -> {
                List<Cause> against = admitted(plan, reservation);
                if (against.isEmpty()) {
                    plan.driver().tellAtOnce(lease, plan.additions());
                }
                yield against.isEmpty() ? new Commitment.Made(plan) : new Commitment.Refused(against);
            }
        };
    }

    /** Why nothing of a plan may be told to anybody. */
    private List<Cause> admitted(FleetPlan plan, Deployer.Reservation reservation) {
        Optional<Cause> against = reservation.against(plan);
        if (against.isPresent()) {
            return List.of(against.get());
        }
        if (!announced.equals(Optional.of(plan.changes()))) {
            announced = Optional.of(plan.changes());
            terms.progress().planned(plan.deployment(), plan.changes());
        }
        Optional<Cause> precedent = start(plan.deployment()).against(plan, terms.precedent());
        return precedent.isPresent() ? List.of(precedent.get()) : prepared(plan);
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

    /** Plans to have nothing of a deployment anywhere. */
    public FleetPlan planWithdrawal(DeploymentName deployment, Inventory inventory) throws InterruptedException {
        return planWithdrawal(deployment, FleetReading.of(inventory));
    }

    FleetPlan planWithdrawal(DeploymentName deployment, FleetReading reading) throws InterruptedException {
        return plan(deployment, Rollout.DEFAULT, reading, DesiredPlacement.nothing());
    }

    private FleetPlan plan(DeploymentName deployment, Rollout rollout, FleetReading reading, DesiredPlacement wanted)
            throws InterruptedException {
        Map<NodeId, NodeSpec> later = wanted.shares();
        return plan(
                deployment,
                rollout,
                reading,
                wanted,
                node -> later.getOrDefault(node.info().id(), NodeSpec.NOTHING));
    }

    private FleetPlan plan(
            DeploymentName deployment,
            Rollout rollout,
            FleetReading reading,
            DesiredPlacement wanted,
            Function<NodeStatus, NodeSpec> later)
            throws InterruptedException {
        NodeSpecDriver driver = new NodeSpecDriver(fleet, deployment, lock, reading);
        List<NodeChange> shares = reading.inventory().nodes().stream()
                .map(node -> NodeChange.of(node, told(deployment, node), later.apply(node), wanted.renames()))
                .toList();
        ResourceGraph graph = graph(driver, shares);
        GraphPlan steps = new Planner(limits(), lock.clocks().chance()).plan(graph, ledger(shares));
        List<NodeChange> changes =
                shares.stream().filter(share -> !share.details().isEmpty()).toList();
        return new FleetPlan(deployment, changes, wanted, rollout, driver, graph, steps);
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
        Ledger kept = journal.ledger();
        kept.all().forEach((id, owned) -> accept(ledger, id, owned));
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

    private Limits limits() {
        return new Limits(terms.timeout().plus(TELLING), ATTEMPTS, FIRST_PAUSE);
    }

    @Override
    public List<Cause> apply(FleetPlan plan) throws InterruptedException {
        List<Cause> obstacles = prepared(plan);
        if (!obstacles.isEmpty()) {
            return obstacles;
        }
        return applyPrepared(plan).causes(plan.deployment());
    }

    /** What must be so before any node is told anything: nothing is lost without consent, and secrets are with their nodes. */
    private List<Cause> prepared(FleetPlan plan) {
        List<Cause> losses = VolumeLossGuard.withoutConsent(plan, terms.consent());
        return losses.isEmpty()
                ? new SecretDistribution(fleet.sealedSecrets(), secrets, plan.deployment()).deliver(plan)
                : losses;
    }

    /** Applies a plan that is prepared. */
    RolloutEnd applyPrepared(FleetPlan plan) throws InterruptedException {
        RolloutRunner runner = runner();
        RolloutStart start = start(plan.deployment());
        RolloutCourse course = start.course(plan);
        if (course.changes().isEmpty() && !start.isLeft()) {
            runner.settle(plan, course);
            tidy(plan);
            return new RolloutEnd.Reached(Collections.emptySortedMap());
        }
        RolloutEnd end;
        try (NodeStateWatch states = NodeStateWatch.open(fleet.nodeReports(), plan.deployment())) {
            Optional<KeptRollout> begun = start.begin(course, plan.rolloutWithin(terms.timeout()), states::wake);
            end = begun.isPresent()
                    ? run(runner, plan, course, begun.get(), states)
                    : new RolloutEnd.Taken(Optional.empty());
        }
        if (end instanceof RolloutEnd.Reached) {
            runner.settle(plan, course);
            tidy(plan);
        }
        return end;
    }

    private void tidy(FleetPlan plan) {
        new SecretDistribution(fleet.sealedSecrets(), secrets, plan.deployment()).tidy(plan);
    }

    private RolloutEnd run(
            RolloutRunner runner, FleetPlan plan, RolloutCourse course, KeptRollout kept, NodeStateWatch states)
            throws InterruptedException {
        try (kept) {
            RolloutEnd end = runner.run(plan, course, kept, states);
            switch (kept.record().progress().verdict()) {
                case Verdict.Done(), Verdict.RolledBack _ -> fleet.rollouts().forgetChanges(plan.deployment());
                case Verdict.Running(), Verdict.Stopped _ -> {}
                case Verdict.Paused _, Verdict.RollingBack _ -> {}
            }
            return end;
        }
    }

    /** Carries on the rollout that is kept, whatever it brings; nothing is known of the deployment but what is kept. */
    RolloutEnd carryOn(DeploymentName deployment) throws InterruptedException {
        RolloutStart start = start(deployment);
        return switch (start.takeOver()) {
            case RolloutStart.Takeover.Refused(Cause why) -> new RolloutEnd.Stopped(List.of(why));
            case RolloutStart.Takeover.Possible(RolloutCourse course, Rollout rollout) ->
                carryOn(deployment, start, course, rollout);
        };
    }

    private FleetPlan plan(DeploymentName deployment, Rollout rollout, FleetReading reading, RolloutCourse course)
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

    private RolloutEnd carryOn(DeploymentName deployment, RolloutStart start, RolloutCourse course, Rollout rollout)
            throws InterruptedException {
        try (NodeStateWatch states = NodeStateWatch.open(fleet.nodeReports(), deployment)) {
            Optional<KeptRollout> taken = start.takenOver(states::wake);
            if (taken.isEmpty()) {
                return new RolloutEnd.Taken(Optional.empty());
            }
            // Only now: what an earlier runner still told before it was taken over is seen.
            FleetReading reading = fleet.reading();
            Optional<Cause> unfit = start.unfit(course, reading);
            if (unfit.isPresent()) {
                taken.get().close();
                return new RolloutEnd.Stopped(List.of(unfit.get()));
            }
            FleetPlan plan = plan(deployment, rollout, reading, course);
            RolloutRunner runner = runner();
            RolloutEnd end = run(runner, plan, course, taken.get(), states);
            if (end instanceof RolloutEnd.Reached) {
                runner.settle(plan, course);
                SecretDistribution.tidy(fleet, deployment);
            }
            return end;
        }
    }

    private RolloutRunner runner() {
        return new RolloutRunner(journal, limits(), terms, lock.clocks().wall());
    }

    /** Read once, while the journal is held: nobody else begins a rollout meanwhile. */
    private RolloutStart start(DeploymentName deployment) {
        RolloutStart known = start.orElseGet(() -> RolloutStart.read(
                fleet.rollouts(), deployment, lock.author(), lock.clocks().wall()));
        start = Optional.of(known);
        return known;
    }

    /** The share of a node. */
    public static ResourceId share(NodeId node) {
        return new ResourceId(NodeSpecDriver.KIND, ResourceName.of(node.value()));
    }
}
