package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Interpret;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.fleet.ConditionalTelling;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.rollout.Verdict;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Interprets deployments by telling nodes, over the mesh, what to have: takes room for what is new, and begins or carries on the rollout
 * that tells in which order nodes are told the rest.
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
    private final FleetPlanner planner;
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
        this.planner = new FleetPlanner(fleet, journal::ledger, lock, secrets, terms.timeout());
    }

    @Override
    public Planning<FleetPlan> plan(Deployment<?> deployment, Inventory inventory) throws InterruptedException {
        return planner.plan(deployment, inventory);
    }

    FleetPlan planWithdrawal(DeploymentName deployment, FleetReading reading) throws InterruptedException {
        return planner.planWithdrawal(deployment, reading);
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
            return interpret.planner.place(deployment, reading, versions);
        }

        @Override
        public FleetPlan plan(FleetReading reading, DesiredPlacement wanted) throws InterruptedException {
            return interpret.planner.plan(deployment.name(), deployment.rollout(), reading, wanted);
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
        return switch (planner.plan(deployment, fleet.reading(), versions)) {
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

    @Override
    public List<Cause> apply(FleetPlan plan) throws InterruptedException {
        List<Cause> obstacles = prepared(plan);
        if (!obstacles.isEmpty()) {
            return obstacles;
        }
        return applyPrepared(plan).causes(plan.deployment());
    }

    /** What must be so before any node is told anything: whoever applies may, nothing is lost without consent, and secrets are with their nodes. */
    private List<Cause> prepared(FleetPlan plan) {
        Optional<Cause> beyond = planner.beyondGrant(plan);
        if (beyond.isPresent()) {
            return List.of(beyond.get());
        }
        List<Cause> losses = VolumeLossGuard.withoutConsent(plan, terms.consent());
        return losses.isEmpty()
                ? SecretDistribution.of(fleet, secrets, plan.deployment()).deliver(plan)
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
            Optional<KeptRollout> begun = start.begin(course, plan.rollout().within(terms.timeout()), states::wake);
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
        SecretDistribution.of(fleet, secrets, plan.deployment()).tidy(plan);
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
            FleetPlan plan = planner.plan(deployment, rollout, reading, course);
            Optional<Cause> beyond = planner.beyondGrant(plan);
            if (beyond.isPresent()) {
                taken.get().close();
                return new RolloutEnd.Stopped(List.of(beyond.get()));
            }
            RolloutRunner runner = runner();
            RolloutEnd end = run(runner, plan, course, taken.get(), states);
            if (end instanceof RolloutEnd.Reached) {
                runner.settle(plan, course);
                SecretDistribution.tidy(fleet, deployment);
            }
            return end;
        }
    }

    /**
     * @param timeout within which a node follows
     */
    static Limits limits(Duration timeout) {
        return new Limits(timeout.plus(TELLING), ATTEMPTS, FIRST_PAUSE);
    }

    private RolloutRunner runner() {
        return new RolloutRunner(
                fleet, journal, limits(terms.timeout()), terms, lock.clocks().wall());
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
