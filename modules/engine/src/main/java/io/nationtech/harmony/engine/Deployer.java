package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.NodeChange;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Plan;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Takes a deployment from plan to passed smoke test. Nodes that get something new do so at the same time; what touches running
 * work goes node by node and stops at the first failure, so that the rest goes on serving.
 */
public final class Deployer {
    private static final Cause INTERRUPTED =
            new Cause("the deploy was interrupted", "deploy", "deploy again; it goes on where it stopped");

    private final Fleet fleet;
    private final FleetInterpret interpret;
    private final DeployProgress progress;

    public Deployer(Fleet fleet, FleetInterpret interpret, DeployProgress progress) {
        this.fleet = fleet;
        this.interpret = interpret;
        this.progress = progress;
    }

    /** Deploys; deploying what is deployed changes nothing but is tested again. */
    public DeployResult deploy(Deployment<?> deployment) {
        return switch (interpret.plan(deployment, fleet.inventory())) {
            case Planning.Impossible(Cause cause) -> new DeployResult.Failed(List.of(cause));
            case Planning.Planned(Plan plan) -> deploy(deployment, plan);
        };
    }

    /** Withdraws a deployment from all nodes. */
    public DeployResult withdraw(DeploymentName deployment) {
        Plan plan = interpret.planWithdrawal(deployment, fleet.inventory());
        List<Cause> failures = apply(plan);
        if (failures.isEmpty()) {
            failures = concurrently(told(deployment, fleet.inventory()), node -> lag(node, deployment));
        }
        return failures.isEmpty()
                ? new DeployResult.Deployed(plan.changes().size(), List.of())
                : new DeployResult.Failed(failures);
    }

    private DeployResult deploy(Deployment<?> deployment, Plan plan) {
        List<Cause> failures = apply(plan);
        if (!failures.isEmpty()) {
            return new DeployResult.Failed(failures);
        }
        Inventory now = fleet.inventory();
        List<Cause> behind = concurrently(told(deployment.name(), now), node -> lag(node, deployment.name()));
        if (!behind.isEmpty()) {
            return new DeployResult.Failed(behind);
        }
        progress.testing(deployment.smokeTests().size());
        return switch (new SmokeTester().run(deployment, now)) {
            case SmokeResult.Passed(var pages) ->
                new DeployResult.Deployed(plan.changes().size(), pages);
            case SmokeResult.Failed(Cause cause) -> new DeployResult.Failed(List.of(cause));
        };
    }

    private List<Cause> apply(Plan plan) {
        progress.planned(plan);
        List<NodeChange> gentle =
                plan.changes().stream().filter(change -> !change.isDisruptive()).toList();
        List<Cause> failures = new ArrayList<>(concurrently(gentle, this::apply));
        for (NodeChange change : plan.changes()) {
            if (failures.isEmpty() && Thread.currentThread().isInterrupted()) {
                failures.add(INTERRUPTED);
            }
            if (failures.isEmpty() && change.isDisruptive()) {
                apply(change).ifPresent(failures::add);
            }
        }
        return failures;
    }

    private Optional<Cause> apply(NodeChange change) {
        progress.applying(change);
        Outcome outcome = interpret.apply(change);
        progress.applied(change, outcome);
        return switch (outcome) {
            case Outcome.Failed(Cause cause) -> Optional.of(cause);
            case Outcome.Changed _, Outcome.Unchanged() -> Optional.empty();
        };
    }

    /** Nodes that an earlier, interrupted deploy told are waited for as well. */
    private Optional<Cause> lag(NodeStatus node, DeploymentName deployment) {
        return Optional.ofNullable(node.desired().get(deployment))
                .flatMap(told ->
                        interpret.await(node.info().id(), deployment, revisionToFollow(node, deployment, told)));
    }

    /** A node that failed is told the same again: it tries at once, and its old failure is not taken for a new one. */
    private long revisionToFollow(NodeStatus node, DeploymentName deployment, Versioned<DesiredState> told) {
        boolean failed = fleet.nodeState(node.info().id(), deployment)
                .filter(state -> state.convergence() instanceof Convergence.Failed)
                .isPresent();
        if (failed && fleet.tell(told.value(), Optional.of(told.revision())) instanceof Written.At(long revision)) {
            return revision;
        }
        return told.revision();
    }

    private static List<NodeStatus> told(DeploymentName deployment, Inventory inventory) {
        return inventory.nodes().stream()
                .filter(NodeStatus::isAlive)
                .filter(node -> node.desired().containsKey(deployment))
                .toList();
    }

    private static <T> List<Cause> concurrently(List<T> work, Function<T, Optional<Cause>> step) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Cause>>> running = work.stream()
                    .map(item -> threads.submit(() -> step.apply(item)))
                    .toList();
            // Leaving the block waits for every thread, for as long as a node may take: those that are of no use must
            // end.
            try {
                return failures(running);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                return List.of(INTERRUPTED);
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof MeshUnavailableException unavailable
                        ? unavailable
                        : new IllegalStateException(e.getCause());
            }
        }
    }

    private static List<Cause> failures(List<Future<Optional<Cause>>> running)
            throws InterruptedException, ExecutionException {
        List<Cause> failures = new ArrayList<>();
        for (Future<Optional<Cause>> one : running) {
            one.get().ifPresent(failures::add);
        }
        return failures;
    }
}
