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
import io.nationtech.harmony.fleet.Told;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private final Consumer<NodeState> reports;
    private final Duration period;
    private final BlockingQueue<Told> inbox = new LinkedBlockingQueue<>();
    private final Map<ContainerName, Probed> probes = new HashMap<>();
    private final Thread thread;

    private record Probed(Health health, long nanoTime) {}

    private Optional<Versioned<DesiredState>> desired = Optional.empty();
    private Optional<NodeState> reported = Optional.empty();
    private long newestTold;

    DeploymentKeeper(
            NodeId node,
            DeploymentName deployment,
            ContainerRuntime runtime,
            Probe probe,
            DesiredStateStore store,
            Consumer<NodeState> reports,
            Duration period) {
        this.node = node;
        this.deployment = deployment;
        this.runtime = runtime;
        this.probe = probe;
        this.store = store;
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
        newestTold = known.revision();
        thread.start();
    }

    /** Begins with something on disk that cannot be used. */
    void start(Cause problem) {
        report(new Convergence.Failed(problem));
        thread.start();
    }

    /** Hands over what the mesh said; returns at once. */
    void tell(Told told) {
        inbox.add(told);
    }

    /** Stops keeping; what runs goes on. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            converge();
            while (!Thread.interrupted()) {
                Told told = inbox.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
                if (told == null) {
                    converge();
                } else {
                    accept(told);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** While something is coming up, people wait for it. */
    private Duration pause() {
        boolean settled = reported.filter(state -> state.convergence() instanceof Convergence.Converging)
                .isEmpty();
        return settled ? period : STARTING_PERIOD;
    }

    private void accept(Told told) throws InterruptedException {
        boolean isNews = told.revision() != newestTold;
        newestTold = told.revision();
        switch (told.desired()) {
            case Decoded.Unreadable<DesiredState>(Cause cause) -> report(new Convergence.Failed(cause));
            case Decoded.Value<DesiredState>(DesiredState state) -> {
                if (isNews) {
                    LOG.log(
                            Level.INFO,
                            "Deployment {0}: told revision {1}",
                            deployment,
                            Long.toString(told.revision()));
                    report(new Convergence.Converging());
                }
                if (keep(new Versioned<>(told.revision(), state))) {
                    converge();
                }
            }
        }
    }

    /** First to disk, then to the world: after a power cut the node goes on with what it began. */
    private boolean keep(Versioned<DesiredState> state) {
        if (desired.filter(state::equals).isPresent()) {
            return true;
        }
        try {
            store.save(state);
            desired = Optional.of(state);
            return true;
        } catch (IOException e) {
            report(new Convergence.Failed(new Cause(
                    "cannot keep the desired state on disk, so it is not applied: " + e.getMessage(),
                    "node " + node,
                    "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on")));
            return false;
        }
    }

    private void converge() throws InterruptedException {
        if (desired.isEmpty()) {
            return;
        }
        try {
            DesiredState state = desired.get().value();
            List<ContainerStatus> before = runtime.observe(deployment);
            Optional<Cause> failure = removeUnwanted(state, before);
            for (Container container : state.containers()) {
                failure = failure.or(() -> failure(runtime.converge(deployment, container)));
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException("stopped while converging");
                }
            }
            List<ContainerStatus> after = probed(state, runtime.observe(deployment));
            report(failure.<Convergence>map(Convergence.Failed::new).orElseGet(() -> progress(state, after)), after);
            if (failure.isEmpty() && state.resources().isEmpty() && after.isEmpty()) {
                store.forget(deployment);
            }
        } catch (RuntimeUnavailableException e) {
            report(new Convergence.Failed(e.why()));
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
                        .flatMap(Container::probe)
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
