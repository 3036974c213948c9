package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Keeps one deployment as the node was told, on a virtual thread of its own, so that a slow image holds up no other deployment.
 * Converges when told something new, and again every period: what stopped is started, what was removed comes back.
 */
final class DeploymentKeeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeploymentKeeper.class.getName());
    private static final Duration STARTING_PERIOD = Duration.ofSeconds(1);

    private final NodeId node;
    private final DeploymentName deployment;
    private final ContainerRuntime runtime;
    private final Probe probe;
    private final DesiredStateStore store;
    private final NodeSecrets secrets;
    private final DevicesInUse devices;
    private final Consumer<NodeState> reports;
    private final Duration period;
    /** The newest telling not yet taken up; what it overtook is of no interest. */
    private final BlockingQueue<DesiredStateUpdate> inbox = new LinkedBlockingQueue<>();

    private final Map<ContainerName, Probed> probes = new HashMap<>();
    private final Thread thread;

    private record Probed(Health health, long nanoTime) {}

    /** What is kept on disk and in the world. */
    private Optional<Versioned<DesiredState>> desired = Optional.empty();
    /** What was told last and is not yet on disk. */
    private Optional<Versioned<DesiredState>> unkept = Optional.empty();
    /** Why what was told last is not what is kept; while there is a reason, the node does not have what it should. */
    private Optional<Cause> refusal = Optional.empty();

    /** Whether there are no sealed secrets on disk but those of what is kept. */
    private boolean isTidy;

    private Optional<NodeState> reported = Optional.empty();
    private long newestTold;
    private volatile boolean closed;

    DeploymentKeeper(
            NodeId node,
            DeploymentName deployment,
            ContainerRuntime runtime,
            Probe probe,
            DesiredStateStore store,
            NodeSecrets secrets,
            DevicesInUse devices,
            Consumer<NodeState> reports,
            Duration period) {
        this.node = node;
        this.deployment = deployment;
        this.runtime = runtime;
        this.probe = probe;
        this.store = store;
        this.secrets = secrets;
        this.devices = devices;
        this.reports = reports;
        this.period = period;
        this.thread = Thread.ofVirtual().name("keep-" + deployment).unstarted(this::run);
    }

    /** Begins with nothing; the mesh will say. */
    void start() {
        thread.start();
    }

    /** Begins with what was found on disk. */
    void start(Versioned<DesiredState> known) {
        desired = Optional.of(known);
        devices.restore(known.value());
        newestTold = known.revision();
        thread.start();
    }

    /** Begins with something on disk that cannot be used. */
    void start(Cause problem) {
        refusal = Optional.of(problem);
        thread.start();
    }

    /** Hands over what the mesh said; returns at once. Called by one thread at a time. */
    void tell(DesiredStateUpdate told) {
        if (told.desired() instanceof Decoded.Value<DesiredState>(DesiredState state)) {
            devices.told(state);
        }
        inbox.clear();
        inbox.add(told);
    }

    /** Stops keeping; what runs goes on. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Optional<DesiredStateUpdate> news = Optional.empty();
        while (!closed) {
            try {
                news.ifPresent(this::accept);
                converge();
                news = Optional.ofNullable(inbox.poll(pause().toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // The edge of a thread: whatever a runtime throws, the deployment is kept again a period later.
                news = Optional.empty();
                fail(e);
            }
        }
    }

    private void fail(RuntimeException e) {
        LOG.log(Level.ERROR, "Deployment %s: unexpected failure".formatted(deployment), e);
        report(new Convergence.Failed(new Cause(
                "unexpected failure: " + e,
                "node " + node,
                "`journalctl -u harmony` on the node says more; this is a defect, please report it")));
    }

    /** While something is coming up, people wait for it. */
    private Duration pause() {
        boolean settled = reported.filter(state -> state.convergence() instanceof Convergence.Converging)
                .isEmpty();
        return settled ? period : STARTING_PERIOD;
    }

    private void accept(DesiredStateUpdate told) {
        boolean isNews = told.revision() != newestTold;
        newestTold = told.revision();
        switch (told.desired()) {
            case Decoded.Unreadable<DesiredState>(Cause cause) -> {
                unkept = Optional.empty();
                refusal = Optional.of(cause);
                report(new Convergence.Failed(cause));
            }
            case Decoded.Value<DesiredState>(DesiredState state) -> {
                unkept = Optional.of(new Versioned<>(told.revision(), state));
                refusal = Optional.empty();
                if (isNews) {
                    String revision = Long.toString(told.revision());
                    LOG.log(Level.INFO, "Deployment {0}: told revision {1}", deployment, revision);
                    report(new Convergence.Converging());
                }
            }
        }
    }

    /** First to disk, then to the world: after a power cut the node goes on with what it began. */
    private void keep() throws InterruptedException {
        if (unkept.isEmpty()) {
            return;
        }
        try {
            if (!unkept.equals(desired)) {
                // Before the disk: what cannot be followed for want of a secret or a device must not end what runs.
                refusal = secrets.gather(unkept.get().value());
                if (refusal.isPresent() || !mayHave(unkept.get().value())) {
                    return;
                }
                store.save(unkept.get());
                isTidy = false;
            }
            desired = unkept;
            unkept = Optional.empty();
            refusal = Optional.empty();
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("stopped while keeping the desired state");
        } catch (IOException e) {
            refusal = Optional.of(new Cause(
                    "cannot keep the desired state on disk, so it is not applied: " + e.getMessage(),
                    "node " + node,
                    "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
        }
    }

    private boolean mayHave(DesiredState state) {
        return switch (devices.claim(state)) {
            case DevicesInUse.Answer.Yes() -> true;
            case DevicesInUse.Answer.Soon() -> false;
            case DevicesInUse.Answer.No(Cause why) -> {
                refusal = Optional.of(why);
                yield false;
            }
        };
    }

    private void converge() throws InterruptedException {
        keep();
        if (desired.isEmpty()) {
            refusal.ifPresent(cause -> report(new Convergence.Failed(cause)));
            return;
        }
        DesiredState state = desired.get().value();
        try {
            Optional<Cause> failure = follow(state);
            List<ContainerStatus> after = probed(state, runtime.observe(deployment));
            stopIfClosed();
            report(
                    refusal.or(() -> failure)
                            .<Convergence>map(Convergence.Failed::new)
                            .orElseGet(() -> unkept.isEmpty() ? progress(state, after) : new Convergence.Converging()),
                    after);
            if (failure.isEmpty() && !isTidy) {
                secrets.keepOnly(state);
                devices.keepOnly(state);
                isTidy = true;
            }
            if (failure.isEmpty() && state.resources().isEmpty() && after.isEmpty()) {
                forget();
            }
        } catch (RuntimeUnavailableException e) {
            stopIfClosed();
            report(new Convergence.Failed(refusal.orElse(e.why())));
        }
    }

    private Optional<Cause> follow(DesiredState state) throws InterruptedException {
        Optional<Cause> failure = removeUnwanted(state, runtime.observe(deployment));
        for (Container container : state.containers()) {
            Optional<Cause> one = converge(container);
            failure = failure.or(() -> one);
        }
        return failure;
    }

    /** One that cannot be had does not hold up the others. */
    private Optional<Cause> converge(Container container) throws InterruptedException {
        Outcome outcome = runtime.converge(deployment, container, secrets.values(deployment));
        stopIfClosed();
        if (outcome instanceof Outcome.Changed) {
            // What answered the probe before was another.
            probes.remove(container.name());
        }
        return failure(outcome);
    }

    /** A call that was cut short by closing tells nothing about the deployment. */
    private void stopIfClosed() throws InterruptedException {
        if (closed || Thread.interrupted()) {
            throw new InterruptedException("deployment %s is no longer kept".formatted(deployment));
        }
    }

    /** From now on only the mesh can bring it back; there is nothing to look after. */
    private void forget() {
        try {
            store.forget(deployment);
            secrets.forget(deployment);
            desired = Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Deployment {0}: cannot forget it on disk: {1}", deployment, e.getMessage());
        }
    }

    private Optional<Cause> removeUnwanted(DesiredState state, List<ContainerStatus> before) {
        Set<ContainerName> wanted =
                state.containers().stream().map(Container::name).collect(Collectors.toSet());
        Optional<Cause> failure = Optional.empty();
        for (ContainerStatus status : before) {
            if (!wanted.contains(status.name())) {
                Outcome outcome = runtime.remove(deployment, status.name());
                failure = failure.or(() -> failure(outcome));
            }
        }
        return failure;
    }

    private static Optional<Cause> failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(Cause cause) -> Optional.of(cause);
            case Outcome.Changed _, Outcome.Unchanged() -> Optional.empty();
        };
    }

    private List<ContainerStatus> probed(DesiredState state, List<ContainerStatus> observed) {
        Map<ContainerName, Container> declared =
                state.containers().stream().collect(Collectors.toMap(Container::name, container -> container));
        return observed.stream()
                .map(status -> Optional.ofNullable(declared.get(status.name()))
                        .flatMap(container -> container.healthCheck().probe())
                        .filter(_ -> status.running() == Running.RUNNING)
                        .map(question -> status.with(health(status.name(), question)))
                        .orElse(status))
                .toList();
    }

    /** A healthy container is asked once a probe's period; another is asked again at once. */
    private Health health(ContainerName container, HttpProbe question) {
        Probed last = probes.get(container);
        long now = System.nanoTime();
        if (last != null
                && last.health() == Health.HEALTHY
                && now - last.nanoTime() < question.period().toNanos()) {
            return last.health();
        }
        Health answer = probe.ask(question);
        probes.put(container, new Probed(answer, now));
        return answer;
    }

    /** Converged once every container runs and none that has a probe is unhealthy. */
    private static Convergence progress(DesiredState state, List<ContainerStatus> after) {
        boolean all = after.size() == state.containers().size()
                && after.stream()
                        .allMatch(status -> status.running() == Running.RUNNING && status.health() != Health.UNHEALTHY);
        return all ? new Convergence.Converged() : new Convergence.Converging();
    }

    private void report(Convergence convergence) {
        report(convergence, reported.map(NodeState::containers).orElse(List.of()));
    }

    private void report(Convergence convergence, List<ContainerStatus> containers) {
        NodeState state = new NodeState(node, deployment, newestTold, convergence, containers);
        if (reported.filter(state::equals).isEmpty()) {
            log(convergence);
            reported = Optional.of(state);
            reports.accept(state);
        }
    }

    private void log(Convergence convergence) {
        switch (convergence) {
            case Convergence.Converging() -> LOG.log(Level.INFO, "Deployment {0}: converging", deployment);
            case Convergence.Converged() -> LOG.log(Level.INFO, "Deployment {0}: converged", deployment);
            case Convergence.Failed(Cause cause) -> LOG.log(Level.WARNING, "Deployment {0}: {1}", deployment, cause);
        }
    }
}
