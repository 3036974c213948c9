package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.OnDrift;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.FleetReading;
import io.nationtech.harmony.fleet.FleetSnapshot;
import io.nationtech.harmony.fleet.FleetView;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a deployment true: looks at the world on an interval and whenever it changes, and repairs or only reports what differs, by
 * the same interpretation as a deploy by hand. Ends when its thread is interrupted.
 */
public final class Operation {
    /** A change seldom comes alone: so long others are waited for. */
    private static final Duration BURST = Duration.ofSeconds(1);

    /** Reading 5,000 nodes takes a small computer some seconds. */
    private static final Duration FIRST_READING = Duration.ofSeconds(30);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Fleet fleet;
    private final Journals journals;
    private final Mode mode;
    private final Duration every;
    private final OperateProgress progress;
    private final SecretSupply secrets;

    /** What is done about a difference. */
    public sealed interface Mode {

        /** It is told, and nothing is changed. */
        record Report() implements Mode {}

        /** It is told and repaired. */
        record Repair(Deployer deployer) implements Mode {}

        /** What a deployment wants. */
        static Mode of(OnDrift onDrift, Deployer deployer) {
            return switch (onDrift) {
                case REPAIR -> new Repair(deployer);
                case REPORT -> new Report();
            };
        }
    }

    /** One of deployments without secrets. */
    public Operation(Fleet fleet, Journals journals, Mode mode, Duration every, OperateProgress progress) {
        this(fleet, journals, mode, every, progress, SecretSupply.none());
    }

    /**
     * @param every how long a look may be late for what nobody tells, such as a lost node; at least a second
     */
    public Operation(
            Fleet fleet, Journals journals, Mode mode, Duration every, OperateProgress progress, SecretSupply secrets) {
        if (every.compareTo(SHORTEST) < 0) {
            throw new InvalidValueException("an interval of %s is shorter than %s".formatted(every, SHORTEST));
        }
        this.fleet = fleet;
        this.journals = journals;
        this.mode = mode;
        this.every = every;
        this.progress = progress;
        this.secrets = secrets;
    }

    /**
     * Goes on until interrupted, with a view of its own.
     *
     * @throws InterruptedException when that happens; a repair that went on has given up its lease by then
     */
    public void run(Deployment<?> deployment) throws InterruptedException {
        try (FleetView view = fleet.view(System::nanoTime)) {
            run(deployment, view);
        }
    }

    /**
     * Goes on until interrupted.
     *
     * @param view of the same mesh, which others may use too
     * @throws InterruptedException when that happens; a repair that went on has given up its lease by then
     */
    public void run(Deployment<?> deployment, FleetView view) throws InterruptedException {
        Semaphore changed = new Semaphore(0);
        try (Subscription _ = view.onChange(deployment.name(), changed::release)) {
            while (true) {
                changed.drainPermits();
                switch (look(deployment, view)) {
                    case ON_CHANGE -> {
                        if (changed.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
                            TimeUnit.MILLISECONDS.sleep(BURST.toMillis());
                        }
                    }
                    // What a repair in vain changed is no reason to try again at once.
                    case ON_TIME -> TimeUnit.MILLISECONDS.sleep(every.toMillis());
                }
            }
        }
    }

    /** When to look again. */
    private enum Next {
        ON_CHANGE,
        ON_TIME
    }

    private Next look(Deployment<?> deployment, FleetView view) throws InterruptedException {
        try {
            DeploymentName name = deployment.name();
            FleetSnapshot now = view.of(name, FIRST_READING);
            return switch (FleetPlanner.of(fleet, journals.read(name), secrets).plan(deployment, now.inventory())) {
                case Planning.Impossible<FleetPlan>(Cause cause) -> problem(cause);
                case Planning.Planned<FleetPlan>(FleetPlan plan) ->
                    judge(deployment, Drift.of(plan, now.inventory(), now.states()), now.reading());
            };
        } catch (MeshUnavailableException e) {
            return problem(e.why());
        } catch (JournalException e) {
            return problem(e.why());
        }
    }

    private Next problem(Cause cause) {
        progress.problem(cause);
        return Next.ON_CHANGE;
    }

    private Next judge(Deployment<?> deployment, Drift drift, FleetReading now) throws InterruptedException {
        if (drift.isNone()) {
            progress.inSync();
            return Next.ON_CHANGE;
        }
        progress.drifted(drift);
        if (!drift.canBeRepaired()) {
            return Next.ON_CHANGE;
        }
        return switch (mode) {
            case Mode.Report() -> Next.ON_CHANGE;
            case Mode.Repair(Deployer deployer) -> {
                DeployResult result = deployer.deploy(deployment, now);
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while repairing");
                }
                progress.repaired(result);
                yield switch (result) {
                    case DeployResult.Deployed(var _, var _, List<Cause> tolerated) ->
                        tolerated.isEmpty() ? Next.ON_CHANGE : Next.ON_TIME;
                    case DeployResult.Failed _ -> Next.ON_TIME;
                };
            }
        };
    }
}
