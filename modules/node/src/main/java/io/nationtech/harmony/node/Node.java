package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupRequest;
import io.nationtech.harmony.domain.hardware.HardwareReport;
import io.nationtech.harmony.domain.node.AgentRun;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.NodeCommands;
import io.nationtech.harmony.fleet.NodeReports;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import io.nationtech.harmony.mesh.Subscription;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node at work: it keeps its deployments, hears the mesh and reports to it. Starts from its disk at once; the mesh may come
 * and go. Closing it leaves everything running that runs.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Node.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    /** How often the node looks whether there is something to say, and is known to be well by its service manager. */
    private static final Duration PULSE = Duration.ofSeconds(5);

    private static final long BEAT_NANOS = NodeReports.HEARTBEAT_PERIOD.toNanos();

    private final NodeId id;
    private final Supplier<NodeInfo> info;
    private final Drivers drivers;
    private final DesiredStateStore store;
    private final NodeSecrets secrets;
    private final DevicesInUse devices;
    private final Mesh mesh;
    private final Fleet fleet;
    private final NodeSettings settings;
    private final Consumer<NodeSummary> pulse;
    private final Map<DeploymentName, DeploymentKeeper> keepers = new ConcurrentHashMap<>();
    private final Map<DeploymentName, NodeState> states = new ConcurrentHashMap<>();
    private final Set<DeploymentName> unreported = ConcurrentHashMap.newKeySet();
    private final Deque<Subscription> subscriptions = new ArrayDeque<>();
    private final Deque<Supplier<Subscription>> unopened = new ArrayDeque<>();
    private final AtomicReference<Optional<HardwareReport>> hardware = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<HardwareReport>> untoldHardware = new AtomicReference<>(Optional.empty());
    private final ReentrantLock reporting = new ReentrantLock();
    private final Semaphore wake = new Semaphore(0);
    private final Thread heart = Thread.ofVirtual().name("heart").unstarted(this::beat);
    private final OwnName name;
    private final Requests requests;
    /** What is told before it is known whose the name is: a second machine of that name begins nothing. */
    private final Map<DeploymentName, DesiredStateUpdate> heldBack = new HashMap<>();

    private boolean isFirst;
    private volatile Optional<NodeInfo> first = Optional.empty();
    private volatile boolean registered;
    /** Somebody asks for this run: its name may be another's by now. */
    private volatile boolean called;
    /** What the node says of itself is another than it said last. */
    private volatile boolean changed;

    private long lastBeat;
    private volatile Optional<IpAddress> address = Optional.empty();
    private volatile boolean closed;
    private Duration retry = FIRST_RETRY;

    /**
     * A node that can open no secrets.
     *
     * @param info what the node is
     * @param drivers what the node can have; whoever made them closes them, after the node
     * @param pulse told how the node is every few seconds, and first once it has begun; must not block
     */
    public Node(
            NodeInfo info,
            Drivers drivers,
            DesiredStateStore store,
            Mesh mesh,
            Fleet fleet,
            NodeSettings settings,
            Consumer<NodeSummary> pulse) {
        this(info.id(), () -> info, drivers, store, NodeSecrets.none(), mesh, fleet, settings, pulse);
    }

    /**
     * @param info what the node is, asked whenever the mesh is there again: a node's address may have changed since
     * @param drivers what the node can have; whoever made them closes them, after the node
     * @param pulse told how the node is every few seconds, and first once it has begun; must not block
     */
    public Node(
            NodeId id,
            Supplier<NodeInfo> info,
            Drivers drivers,
            DesiredStateStore store,
            NodeSecrets secrets,
            Mesh mesh,
            Fleet fleet,
            NodeSettings settings,
            Consumer<NodeSummary> pulse) {
        this.id = id;
        this.info = info;
        this.drivers = drivers;
        this.store = store;
        this.secrets = secrets;
        this.devices = new DevicesInUse(id);
        this.mesh = mesh;
        this.fleet = fleet;
        this.settings = settings;
        this.pulse = pulse;
        this.name = new OwnName(fleet, settings.nanos());
        this.requests = new Requests(
                id,
                drivers,
                new Requests.Known(this::state, states::values, keepers::containsKey),
                settings.upgrades(),
                mesh::largestMessage,
                settings.nanos());
        NodeCommands commands = fleet.commands();
        unopened.add(() -> info.get()
                .run()
                .map(run -> commands.answerCalls(id, run, this::look))
                .orElse(() -> {}));
        unopened.add(() -> commands.answerPings(id));
        unopened.add(() -> commands.answerRequests(id, requests, settings.nanos()));
        unopened.add(() -> commands.answerBackups(id, this::backup));
    }

    /**
     * Takes up what is on disk and begins to work; returns at once.
     *
     * @throws IOException when the folder of the desired state cannot be made or read
     */
    public void start() throws IOException {
        DesiredStateStore.Loaded loaded = store.load();
        List<KeptState> found =
                loaded.states().stream().map(state -> found(state, loaded)).toList();
        found.forEach(this::restore);
        loaded.problems().keySet().forEach(drivers::restoreUnknown);
        found.forEach(state -> keeper(state.newest().value().deployment()).start(state));
        loaded.problems().forEach((deployment, cause) -> keeper(deployment).start(cause, lastGood(deployment, loaded)));
        drivers.onChange(deployment -> {
            Optional.ofNullable(keepers.get(deployment)).ifPresent(DeploymentKeeper::look);
            requests.look();
        });
        settings.upgrades().ifPresent(upgrades -> upgrades.onChange(this::tellAnew));
        subscriptions.push(mesh.onStatus(this::hear));
        subscriptions.push(fleet.desiredStates().watch(id, this::hear));
        heart.start();
    }

    private KeptState found(Versioned<DesiredState> newest, DesiredStateStore.Loaded loaded) {
        DeploymentName deployment = newest.value().deployment();
        return KeptState.found(
                newest,
                lastGood(deployment, loaded),
                Optional.ofNullable(loaded.rollbacks().get(deployment)),
                settings.nanos().getAsLong());
    }

    private static Optional<Versioned<DesiredState>> lastGood(
            DeploymentName deployment, DesiredStateStore.Loaded loaded) {
        return Optional.ofNullable(loaded.lastGood().get(deployment));
    }

    /** Both may run; what is wanted is what is current. */
    private void restore(KeptState state) {
        devices.restore(state.lastGood().value());
        devices.restore(state.newest().value());
        devices.told(state.current().value());
        drivers.restore(state.current().value());
    }

    /** Tells the mesh what hardware the node has, now or when the mesh is there. May be called before the node is started. */
    public void tell(HardwareReport report) {
        if (!Optional.of(report).equals(hardware.getAndSet(Optional.of(report)))) {
            untoldHardware.set(Optional.of(report));
            wake.release();
        }
    }

    /** How the node is now. */
    public NodeSummary summary() {
        long failed = states.values().stream()
                .filter(state -> state.convergence() instanceof Convergence.Failed)
                .count();
        return new NodeSummary(mesh.status(), keepers.size(), Math.toIntExact(failed), first);
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        join(heart);
        while (!subscriptions.isEmpty()) {
            subscriptions.pop().close();
        }
        requests.close();
        keepers.values().forEach(DeploymentKeeper::close);
    }

    /** The thread that alone talks to the mesh about this node as a whole. */
    private void beat() {
        do {
            if (mesh.status() == Mesh.Status.CONNECTED) {
                try {
                    ensureBuckets();
                    speak();
                } catch (MeshUnavailableException e) {
                    registered = false;
                    LOG.log(Level.WARNING, "{0}", e.getMessage());
                } catch (Throwable e) {
                    // The edge of a thread: without a heart nobody hears of the node, though it works.
                    LOG.log(Level.ERROR, "Unexpected failure; trying again in a moment", e);
                }
            }
            pulse.accept(summary());
            pause();
        } while (!closed);
    }

    /** Says that the node is there, if it may do so under its name, and it has not done so lately. */
    private void speak() {
        if (first.isPresent()) {
            registered = true;
            fleet.nodeReports().registerAsRival(info.get());
        } else if (registered && !called && !changed && settings.nanos().getAsLong() - lastBeat < BEAT_NANOS) {
            reportAll();
        } else {
            called = false;
            if (changed) {
                changed = false;
                registered = false;
            }
            speak(info.get());
        }
    }

    private void speak(NodeInfo own) {
        switch (name.ask(own)) {
            case OwnName.Answer.Still(long revision) -> speak(own, revision, Optional.empty());
            case OwnName.Answer.Yes(long revision, Optional<AgentRun> before) -> {
                registered = false;
                speak(own, revision, before);
            }
            case OwnName.Answer.NotYet() -> registered = false;
            case OwnName.Answer.No(NodeInfo other) -> keepBack(own, other);
        }
    }

    private void speak(NodeInfo own, long revision, Optional<AgentRun> before) {
        // Before it is introduced: whoever hears of the node finds it alive, and need not look again.
        fleet.nodeReports().beat(id, mesh.ownName());
        lastBeat = settings.nanos().getAsLong();
        introduce(own, revision, before);
        if (registered) {
            reportAll();
        }
    }

    /** For good: whether this machine is to have another name, or the other's place, is for people to say, who start it again then. */
    private void keepBack(NodeInfo own, NodeInfo other) {
        first = Optional.of(other);
        registered = true;
        LOG.log(Level.ERROR, "{0}", new SecondOfItsName(own, other).cause());
        while (!subscriptions.isEmpty()) {
            subscriptions.pop().close();
        }
        keepers.values().forEach(DeploymentKeeper::close);
        fleet.nodeReports().registerAsRival(own);
    }

    /** Waits for the next beat, at first shorter while the mesh does not know this node. */
    private void pause() {
        Duration pause = registered ? PULSE : retry;
        retry = registered ? FIRST_RETRY : shorter(retry.multipliedBy(2), PULSE);
        try {
            boolean woken = wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(Level.TRACE, "Looking again, woken: {0}", woken);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void ensureBuckets() {
        if (registered) {
            return;
        }
        try {
            if (!fleet.hasBuckets(id)) {
                fleet.ensureBuckets();
            }
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Somebody else has to make the buckets: {0}", e.getMessage());
        }
    }

    /**
     * When the mesh is there for the first time, and again after it was away: it may have come back with nothing in it. Watches
     * and answers survive reconnects by themselves.
     */
    private void introduce(NodeInfo own, long revision, Optional<AgentRun> before) {
        if (registered) {
            return;
        }
        // Before the work: should the connection go meanwhile, it is all done again.
        registered = true;
        address = Optional.of(own.address());
        if (!name.take(own, revision)) {
            registered = false;
            return;
        }
        heed();
        while (!unopened.isEmpty()) {
            subscriptions.push(unopened.getFirst().get());
            unopened.removeFirst();
        }
        // Should it be at work still, it hears that it is not the first any more.
        before.ifPresent(run -> fleet.commands().call(id, run));
        unreported.addAll(states.keySet());
        untoldHardware.set(hardware.get());
        LOG.log(Level.INFO, "Registered with the mesh as node {0}", id);
    }

    private void look() {
        called = true;
        wake.release();
    }

    private void tellAnew() {
        changed = true;
        wake.release();
    }

    private void hear(Mesh.Status status) {
        switch (status) {
            case CONNECTED -> {
                LOG.log(Level.INFO, "The mesh is there");
                registered = false;
                wake.release();
            }
            case DISCONNECTED -> LOG.log(Level.WARNING, "The mesh is away; going on from disk");
        }
    }

    private void hear(DesiredStateUpdate told) {
        synchronized (heldBack) {
            if (!isFirst) {
                heldBack.put(told.deployment(), told);
                return;
            }
        }
        follow(told);
    }

    /** From now on the node follows what it is told, and what it was told until now. */
    private void heed() {
        synchronized (heldBack) {
            isFirst = true;
            heldBack.values().forEach(this::follow);
            heldBack.clear();
        }
    }

    private void follow(DesiredStateUpdate told) {
        // Within compute, so that no keeper retires just now.
        keepers.compute(told.deployment(), (deployment, known) -> {
            DeploymentKeeper keeper = known == null ? started(deployment) : known;
            keeper.tell(told);
            return keeper;
        });
    }

    private DeploymentKeeper started(DeploymentName deployment) {
        DeploymentKeeper keeper = newKeeper(deployment);
        keeper.start();
        return keeper;
    }

    private DeploymentKeeper keeper(DeploymentName deployment) {
        return keepers.computeIfAbsent(deployment, this::newKeeper);
    }

    private DeploymentKeeper newKeeper(DeploymentName deployment) {
        return new DeploymentKeeper(id, deployment, drivers, store, secrets, devices, new Reports(), settings);
    }

    private final class Reports implements DeploymentKeeper.Owner {
        @Override
        public void report(NodeState state) {
            Node.this.report(state);
        }

        /** A withdrawn deployment leaves nothing behind. */
        @Override
        public void isOver(DeploymentKeeper keeper) {
            keepers.computeIfPresent(keeper.deployment(), (deployment, known) -> {
                if (!keeper.retire()) {
                    return known;
                }
                devices.forget(deployment);
                return null;
            });
            reporting.lock();
            try {
                if (!unreported.contains(keeper.deployment())) {
                    forgetIfOver(keeper.deployment());
                }
            } finally {
                reporting.unlock();
            }
        }
    }

    /** What cannot be reported now is tried again in a moment. */
    private void report(NodeState state) {
        states.compute(
                state.deployment(),
                (_, before) -> state.since(Optional.ofNullable(before)
                        .filter(state::isAsFarAs)
                        .flatMap(NodeState::since)
                        .orElseGet(settings.clock()::instant)));
        unreported.add(state.deployment());
        if (registered && first.isEmpty() && mesh.status() == Mesh.Status.CONNECTED) {
            try {
                report(state.deployment());
            } catch (MeshUnavailableException e) {
                LOG.log(Level.DEBUG, "Will report deployment {0} later: {1}", state.deployment(), e.getMessage());
            }
        }
    }

    /** Ends at the first that fails but for its size: were each to wait for a mesh that hangs, the heart would stand still. */
    private void reportAll() {
        reportHardware();
        unreported.forEach(this::report);
    }

    private void reportHardware() {
        Optional<HardwareReport> untold = untoldHardware.getAndSet(Optional.empty());
        try {
            untold.ifPresent(fleet.nodeReports()::report);
        } catch (PayloadTooLargeException e) {
            LOG.log(Level.WARNING, "{0}", e.getMessage());
        } catch (MeshUnavailableException e) {
            untoldHardware.compareAndSet(Optional.empty(), untold);
            throw e;
        }
    }

    /** One at a time, so that no older state is written over a newer one. */
    private void report(DeploymentName deployment) {
        reporting.lock();
        try {
            if (unreported.remove(deployment)) {
                Optional.ofNullable(states.get(deployment))
                        .map(state -> address.map(state::at).orElse(state))
                        .ifPresent(fleet.nodeReports()::report);
                forgetIfOver(deployment);
            }
        } catch (PayloadTooLargeException e) {
            // Told again when the mesh is there anew, as the server's configuration may be another then.
            LOG.log(Level.WARNING, "{0}", e.getMessage());
        } catch (MeshUnavailableException e) {
            unreported.add(deployment);
            throw e;
        } finally {
            reporting.unlock();
        }
    }

    /** Once the mesh knows that nothing is left, nobody asks for it again. */
    private void forgetIfOver(DeploymentName deployment) {
        if (!keepers.containsKey(deployment)) {
            states.remove(deployment);
        }
    }

    private BackupAnswer backup(BackupRequest request) {
        return drivers.backups()
                .map(backups -> backups.answer(request.deployment(), request.order()))
                .orElseGet(
                        () -> new BackupAnswer.Refused(
                                new Cause(
                                        "this node keeps no backups",
                                        "node " + id,
                                        "install restic 0.17 or later there (Debian: `apt install restic`), and start the agent again")));
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
