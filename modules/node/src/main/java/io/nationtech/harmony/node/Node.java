package io.nationtech.harmony.node;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.NodeCommands;
import io.nationtech.harmony.fleet.Told;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node at work: it keeps its deployments, hears the mesh and reports to it. Starts from its disk at once; the mesh may come
 * and go. Closing it leaves everything running that runs.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Node.class.getName());

    private final NodeId id;
    private final Supplier<NodeInfo> info;
    private final ContainerRuntime runtime;
    private final DesiredStateStore store;
    private final Mesh mesh;
    private final Fleet fleet;
    private final NodeSettings settings;
    private final Consumer<NodeSummary> pulse;
    private final Map<DeploymentName, DeploymentKeeper> keepers = new ConcurrentHashMap<>();
    private final Map<DeploymentName, NodeState> states = new ConcurrentHashMap<>();
    private final Set<DeploymentName> unreported = ConcurrentHashMap.newKeySet();
    private final Deque<Subscription> subscriptions = new ArrayDeque<>();
    private final AtomicLong beats = new AtomicLong();
    private final Semaphore beatNow = new Semaphore(0);
    private final Thread heart = Thread.ofVirtual().name("heart").unstarted(this::beat);
    private volatile boolean closed;
    private volatile boolean known;
    private boolean bucketsMade;
    private boolean answering;

    /**
     * @param info what the node is
     * @param pulse told how the node is with every heartbeat, and first once it has begun; must not block
     */
    public Node(
            NodeInfo info,
            ContainerRuntime runtime,
            DesiredStateStore store,
            Mesh mesh,
            Fleet fleet,
            NodeSettings settings,
            Consumer<NodeSummary> pulse) {
        this(info.id(), () -> info, runtime, store, mesh, fleet, settings, pulse);
    }

    /**
     * @param info what the node is, asked whenever the mesh is there again: a node's address may have changed since
     * @param pulse told how the node is with every heartbeat, and first once it has begun; must not block
     */
    public Node(
            NodeId id,
            Supplier<NodeInfo> info,
            ContainerRuntime runtime,
            DesiredStateStore store,
            Mesh mesh,
            Fleet fleet,
            NodeSettings settings,
            Consumer<NodeSummary> pulse) {
        this.id = id;
        this.info = info;
        this.runtime = runtime;
        this.store = store;
        this.mesh = mesh;
        this.fleet = fleet;
        this.settings = settings;
        this.pulse = pulse;
    }

    /**
     * Takes up what is on disk and begins to work; returns at once.
     *
     * @throws IOException when the folder of the desired state cannot be made or read
     */
    public void start() throws IOException {
        DesiredStateStore.Loaded loaded = store.load();
        for (Versioned<DesiredState> state : loaded.states()) {
            keeper(state.value().deployment()).start(state);
        }
        loaded.problems().forEach((deployment, cause) -> keeper(deployment).start(cause));
        subscriptions.push(mesh.onStatus(this::hear));
        subscriptions.push(fleet.watchDesired(id, this::hear));
        heart.start();
    }

    /** How the node is now. */
    public NodeSummary summary() {
        long failed = states.values().stream()
                .filter(state -> state.convergence() instanceof Convergence.Failed)
                .count();
        return new NodeSummary(mesh.status(), keepers.size(), Math.toIntExact(failed));
    }

    @Override
    public void close() {
        closed = true;
        beatNow.release();
        join(heart);
        while (!subscriptions.isEmpty()) {
            subscriptions.pop().close();
        }
        keepers.values().forEach(DeploymentKeeper::close);
    }

    /** The thread that alone talks to the mesh about this node as a whole. */
    private void beat() {
        do {
            if (mesh.status() == Mesh.Status.CONNECTED) {
                try {
                    introduce();
                    fleet.beat(id, beats.incrementAndGet());
                    reportAll();
                } catch (MeshUnavailableException e) {
                    LOG.log(Level.WARNING, "{0}", e.getMessage());
                }
            }
            pulse.accept(summary());
        } while (!pause());
    }

    /** Waits for the next beat, or for the mesh to come back; returns whether the node is closed. */
    private boolean pause() {
        try {
            boolean isAsked = beatNow.tryAcquire(Liveness.HEARTBEAT_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
            beatNow.drainPermits();
            LOG.log(Level.TRACE, "Heart beats, asked: {0}", isAsked);
            return closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whenever the mesh came back. */
    private void introduce() {
        if (known) {
            return;
        }
        known = true; // Before asking, as the mesh may go and come back meanwhile.
        try {
            if (!bucketsMade) {
                ensureBuckets();
                bucketsMade = true;
            }
            fleet.register(info.get());
            answer();
        } catch (MeshUnavailableException e) {
            known = false;
            bucketsMade = false;
            throw e;
        }
    }

    /** Once: answers survive reconnects by themselves. */
    private void answer() {
        if (!answering) {
            NodeCommands commands = fleet.commands();
            subscriptions.push(commands.answerPings(id));
            subscriptions.push(commands.answerLogs(id, this::logs));
            answering = true;
            LOG.log(Level.INFO, "Registered with the mesh as node {0}", id);
        }
    }

    private void ensureBuckets() {
        try {
            fleet.ensureBuckets();
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Somebody else has to make the buckets: {0}", e.getMessage());
        }
    }

    private void hear(Mesh.Status status) {
        switch (status) {
            case CONNECTED -> {
                LOG.log(Level.INFO, "The mesh is there");
                known = false;
                unreported.addAll(states.keySet());
                beatNow.release();
            }
            case DISCONNECTED -> LOG.log(Level.WARNING, "The mesh is away; going on from disk");
        }
    }

    private void hear(Told told) {
        keepers.computeIfAbsent(told.deployment(), deployment -> {
                    DeploymentKeeper keeper = newKeeper(deployment);
                    keeper.start();
                    return keeper;
                })
                .tell(told);
    }

    private DeploymentKeeper keeper(DeploymentName deployment) {
        return keepers.computeIfAbsent(deployment, this::newKeeper);
    }

    private DeploymentKeeper newKeeper(DeploymentName deployment) {
        return new DeploymentKeeper(
                id,
                deployment,
                runtime,
                new Probe(settings.probeAddress()),
                store,
                this::report,
                settings.convergePeriod());
    }

    /** What cannot be reported now is tried again with the next heartbeat. */
    private void report(NodeState state) {
        states.put(state.deployment(), state);
        unreported.add(state.deployment());
        if (mesh.status() == Mesh.Status.CONNECTED) {
            try {
                report(state.deployment());
            } catch (MeshUnavailableException e) {
                LOG.log(Level.DEBUG, "Will report deployment {0} later: {1}", state.deployment(), e.getMessage());
            }
        }
    }

    /** Ends at the first that fails: were each to wait for a mesh that hangs, the heart would miss its beats. */
    private void reportAll() {
        unreported.forEach(this::report);
    }

    private void report(DeploymentName deployment) {
        try {
            unreported.remove(deployment);
            fleet.report(requireNonNull(states.get(deployment)));
        } catch (MeshUnavailableException e) {
            unreported.add(deployment);
            throw e;
        }
    }

    private LogsReply logs(LogsRequest request) {
        DeploymentName deployment = request.deployment();
        try {
            List<LogsReply.Line> lines = new ArrayList<>();
            for (ContainerStatus status : runtime.observe(deployment)) {
                runtime.logs(deployment, status.name(), request.lines())
                        .forEach(text -> lines.add(new LogsReply.Line(status.name(), text)));
            }
            return lines.isEmpty() && !keepers.containsKey(deployment)
                    ? new LogsReply.Refused(unknown(deployment))
                    : new LogsReply.Lines(lines);
        } catch (RuntimeUnavailableException e) {
            return new LogsReply.Refused(e.why());
        }
    }

    private Cause unknown(DeploymentName deployment) {
        return new Cause(
                "there is nothing of deployment '%s' on this node".formatted(deployment),
                "node " + id,
                "`harmony status` shows where it runs");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the node last said of a deployment. */
    Optional<NodeState> state(DeploymentName deployment) {
        return Optional.ofNullable(states.get(deployment));
    }
}
