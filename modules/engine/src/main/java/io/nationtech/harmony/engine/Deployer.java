package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.fleet.RolloutRefusedException;
import io.nationtech.harmony.fleet.Rollouts.Found;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.rollout.RolloutRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes a deployment from plan to passed smoke test, while nobody else applies it: it holds the deployment's journal from before it
 * plans until the tests have ended.
 */
public final class Deployer {
    private static final Cause INTERRUPTED =
            new Cause("the deploy was interrupted", "deploy", "deploy again; it goes on where it stopped");

    private final Fleet fleet;
    private final Journals journals;
    private final Author author;
    private final ApplyTerms terms;
    private final SecretSupply secrets;
    private final PlacementLock lock;

    /** One for deployments without secrets. */
    public Deployer(Fleet fleet, Journals journals, Author author, ApplyTerms terms) {
        this(fleet, journals, author, terms, SecretSupply.none());
    }

    public Deployer(Fleet fleet, Journals journals, Author author, ApplyTerms terms, SecretSupply secrets) {
        this(fleet, journals, author, terms, secrets, new PlacementLock(fleet, author));
    }

    Deployer(
            Fleet fleet, Journals journals, Author author, ApplyTerms terms, SecretSupply secrets, PlacementLock lock) {
        this.fleet = fleet;
        this.journals = journals;
        this.author = author;
        this.terms = terms;
        this.secrets = secrets;
        this.lock = lock;
    }

    /** What somebody who saw a plan before has against applying this one. */
    public interface Reservation {

        /** Why it is not applied; empty when it may be. */
        Optional<Cause> against(FleetPlan plan);
    }

    private interface Work<T> {
        T with(FleetInterpret interpret) throws InterruptedException;
    }

    /** Deploys; deploying what is deployed changes nothing but is tested again. */
    public DeployResult deploy(Deployment<?> deployment) {
        return deploy(deployment, _ -> Optional.empty());
    }

    /**
     * The same for whoever knows the fleet: it is not read again where the mesh compares. What was written since is found out, as all
     * that is told is told on a condition.
     */
    DeployResult deploy(Deployment<?> deployment, FleetReading known) {
        return deploy(deployment, _ -> Optional.empty(), () -> known);
    }

    /** Deploys what is planned now, unless there is something against it. */
    public DeployResult deploy(Deployment<?> deployment, Reservation reservation) {
        return deploy(deployment, reservation, fleet::reading);
    }

    private DeployResult deploy(Deployment<?> deployment, Reservation reservation, Supplier<FleetReading> known) {
        Optional<Cause> beyond = fleet.beyondGrant(deployment.name());
        if (beyond.isPresent()) {
            return new DeployResult.Failed(List.of(beyond.get()));
        }
        Optional<Cause> untestable = new SmokeTester(fleet.nodeReports(), secrets).unrunnable(deployment);
        if (untestable.isPresent()) {
            return new DeployResult.Failed(List.of(untestable.get()));
        }
        return alone(deployment.name(), interpret -> switch (interpret.claim(deployment, reservation, known)) {
            case FleetInterpret.Commitment.Refused(List<Cause> causes) -> new DeployResult.Failed(causes);
            case FleetInterpret.Commitment.Made(FleetPlan plan) -> deploy(deployment, interpret, plan);
        });
    }

    /** Withdraws a deployment from all nodes. */
    public DeployResult withdraw(DeploymentName deployment) {
        Optional<Cause> beyond = fleet.beyondGrant(deployment);
        if (beyond.isPresent()) {
            return new DeployResult.Failed(List.of(beyond.get()));
        }
        return alone(deployment, interpret -> {
            FleetPlan plan = interpret.planWithdrawal(deployment, fleet.reading());
            terms.progress().planned(plan.deployment(), plan.changes());
            List<Cause> failures = interpret.apply(plan);
            if (failures.isEmpty()) {
                failures = List.copyOf(lagging(plan, Set.of()).values());
            }
            if (failures.isEmpty()) {
                fleet.rollouts().forget(deployment);
            }
            return failures.isEmpty()
                    ? new DeployResult.Deployed(plan.changes().size(), List.of(), List.of())
                    : new DeployResult.Failed(failures);
        });
    }

    /**
     * Carries on a rollout that nobody runs any more, to its end; smoke tests are for whoever deploys again, as they are not kept. Of a
     * rollout that ended, or is paused, nothing is touched.
     *
     * @return empty when somebody runs it
     */
    public Optional<DeployResult> carryOn(DeploymentName deployment) {
        Optional<Cause> beyond = fleet.beyondGrant(deployment);
        if (beyond.isPresent()) {
            return Optional.of(new DeployResult.Failed(List.of(beyond.get())));
        }
        return alone(
                deployment,
                interpret -> Optional.of(carryOn(deployment, interpret)),
                _ -> Optional.empty(),
                cause -> Optional.of(new DeployResult.Failed(List.of(cause))));
    }

    private DeployResult carryOn(DeploymentName deployment, FleetInterpret interpret) throws InterruptedException {
        RolloutEnd end = interpret.carryOn(deployment);
        return switch (end) {
            case RolloutEnd.Reached(SortedMap<NodeId, Cause> failed) ->
                new DeployResult.Deployed(changed(deployment), List.of(), List.copyOf(failed.values()));
            case RolloutEnd.Stopped _, RolloutEnd.Paused _, RolloutEnd.Taken _ ->
                new DeployResult.Failed(end.causes(deployment));
        };
    }

    private int changed(DeploymentName deployment) {
        return fleet.rollouts()
                .of(deployment)
                .map(rollout -> rollout.value().progress().nodes().size())
                .orElse(0);
    }

    private DeployResult alone(DeploymentName deployment, Work<DeployResult> work) {
        return alone(
                deployment,
                work,
                held -> new DeployResult.Failed(List.of(held(deployment, held))),
                cause -> new DeployResult.Failed(List.of(cause)));
    }

    private <T> T alone(
            DeploymentName deployment, Work<T> work, Function<Opening.Held, T> held, Function<Cause, T> failed) {
        try {
            return switch (journals.open(deployment, author)) {
                case Opening.Held other -> held.apply(other);
                case Opening.Opened(Journal journal) -> {
                    try (journal) {
                        yield work.with(new FleetInterpret(fleet, journal, lock, terms, secrets));
                    }
                }
            };
        } catch (JournalException e) {
            return failed.apply(e.why());
        } catch (RolloutRefusedException e) {
            return failed.apply(e.why());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed.apply(INTERRUPTED);
        }
    }

    private Cause held(DeploymentName deployment, Opening.Held held) {
        boolean isRollout = fleet.rollouts().find(deployment) instanceof Found.Kept(var _, RolloutRecord rollout)
                && !rollout.progress().verdict().isFinal();
        return new Cause(
                "%s applies deployment '%s' since %s".formatted(held.by(), deployment, held.since()),
                "deployment '%s'".formatted(deployment),
                isRollout
                        ? "`harmony rollout status %s` says how far it is; wait, or have it end early by `harmony rollout pause %s` and deploy with --begin-anew"
                                .formatted(deployment, deployment)
                        : "wait until they are done, or agree with them; then plan again");
    }

    private DeployResult deploy(Deployment<?> deployment, FleetInterpret interpret, FleetPlan plan)
            throws InterruptedException {
        RolloutEnd end = interpret.applyPrepared(plan);
        return switch (end) {
            case RolloutEnd.Stopped _, RolloutEnd.Paused _, RolloutEnd.Taken _ ->
                new DeployResult.Failed(end.causes(deployment.name()));
            case RolloutEnd.Reached(SortedMap<NodeId, Cause> reached) -> {
                SortedMap<NodeId, Cause> failed = new TreeMap<>(reached);
                failed.putAll(lagging(plan, reached.keySet()));
                List<Cause> causes = List.copyOf(failed.values());
                yield plan.tolerates(failed.keySet())
                        ? tested(deployment, plan, causes)
                        : new DeployResult.Failed(causes);
            }
        };
    }

    private DeployResult tested(Deployment<?> deployment, FleetPlan plan, List<Cause> tolerated)
            throws InterruptedException {
        terms.progress().testing(deployment.smokeTests().size());
        return switch (new SmokeTester(fleet.nodeReports(), secrets)
                .run(deployment, plan.driver().inventory(fleet))) {
            case SmokeResult.Passed(var pages) ->
                new DeployResult.Deployed(plan.changes().size(), pages, tolerated);
            case SmokeResult.Failed(Cause cause) -> new DeployResult.Failed(List.of(cause));
        };
    }

    /**
     * Once all steps are done, nodes that an earlier, interrupted deploy told are waited for as well. Those that failed just now are not:
     * they have said why.
     */
    private SortedMap<NodeId, Cause> lagging(FleetPlan plan, Set<NodeId> failed) throws InterruptedException {
        NodeSpecDriver driver = plan.driver();
        Map<NodeId, NodeState> said = fleet.nodeReports().states(plan.deployment()).stream()
                .collect(Collectors.toMap(NodeState::node, Function.identity()));
        NodeLiveness liveness =
                new NodeLiveness(fleet, driver.told().keySet(), lock.clocks().wall());
        Map<NodeId, Versioned<DesiredState>> behind = new TreeMap<>();
        driver.told().forEach((node, told) -> {
            if (driver.isAlive(node)
                    && !failed.contains(node)
                    && !hasFollowed(Optional.ofNullable(said.get(node)), told.revision())
                    && !liveness.isGone(told.value())) {
                behind.put(node, told);
            }
        });
        forgetWithdrawn(plan, said);
        new LateWithdrawals(fleet, journals, author).clear(driver.nodes().toList(), plan.deployment());
        return behind.isEmpty() ? Collections.emptySortedMap() : follow(plan, behind, said);
    }

    /**
     * Once a node said that it has nothing left of the deployment, nothing need be kept for it. One that is lost has not: the word that it
     * shall have nothing waits for it, and is cleared away by the first deploy or withdrawal, of whatever deployment, after it answered.
     */
    private void forgetWithdrawn(FleetPlan plan, Map<NodeId, NodeState> said) throws InterruptedException {
        List<NodeId> over = plan.driver().told().entrySet().stream()
                .filter(told -> told.getValue().value().resources().isEmpty())
                .filter(told -> hasFollowed(
                        Optional.ofNullable(said.get(told.getKey())),
                        told.getValue().revision()))
                .map(Map.Entry::getKey)
                .toList();
        InParallel.all(over, node -> {
            fleet.forget(node, plan.deployment());
            return node;
        });
    }

    static boolean hasFollowed(Optional<NodeState> said, long revision) {
        return said.filter(state -> state.revision() >= revision)
                .filter(state -> state.convergence() instanceof Convergence.Converged)
                .isPresent();
    }

    private SortedMap<NodeId, Cause> follow(
            FleetPlan plan, Map<NodeId, Versioned<DesiredState>> behind, Map<NodeId, NodeState> said)
            throws InterruptedException {
        try (NodeStateWatch states = NodeStateWatch.open(fleet.nodeReports(), plan.deployment())) {
            Map<NodeId, Long> revisions = new ConcurrentHashMap<>();
            InParallel.all(behind.keySet(), node -> {
                Versioned<DesiredState> told = Objects.requireNonNull(behind.get(node));
                // A node that failed is told the same again: it tries at once, and its old failure is not taken for a
                // new one.
                boolean failed = Optional.ofNullable(said.get(node))
                        .filter(state -> state.convergence() instanceof Convergence.Failed)
                        .isPresent();
                return revisions.put(node, failed ? plan.driver().writer().tellAgain(node) : told.revision());
            });
            return new RolloutWait(plan.deployment(), states)
                    .all(revisions, terms.timeout(), lock.clocks().nanos());
        }
    }
}
