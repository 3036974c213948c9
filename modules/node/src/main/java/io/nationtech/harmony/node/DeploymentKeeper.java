package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Keeps one deployment as the node was told, on a virtual thread of its own, so that a slow image holds up no other deployment.
 * Converges when told something new, when a driver sees a change, and again every period: what stopped is started, what was removed
 * comes back. Newer word ends what is only being prepared for older one.
 */
final class DeploymentKeeper implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DeploymentKeeper.class.getName());
    private static final Duration STARTING_PERIOD = Duration.ofSeconds(1);

    private final NodeId node;
    private final DeploymentName deployment;
    private final Drivers drivers;
    private final DesiredStateStore store;
    private final NodeSecrets secrets;
    private final DevicesInUse devices;
    private final Owner owner;
    private final NodeSettings settings;
    private final Thread thread;
    private final Semaphore wake = new Semaphore(0);
    private final Thread onlooker;
    private final Semaphore glance = new Semaphore(0);

    /** Guards the next three. */
    private final ReentrantLock gate = new ReentrantLock();
    /** The newest telling not yet taken up; what it overtook is of no interest. */
    private Optional<DesiredStateUpdate> inbox = Optional.empty();

    private Work work = Work.NOT_TO_BE_INTERRUPTED;
    private long underWork;

    /** What is kept on disk and in the world. */
    private Optional<Versioned<DesiredState>> desired = Optional.empty();
    /** What was told last and is not yet on disk. */
    private Optional<Versioned<DesiredState>> unkept = Optional.empty();
    /** Why what was told last is not what is kept; while there is a reason, the node does not have what it should. */
    private Optional<Cause> refusal = Optional.empty();

    /** Whether there are no sealed secrets on disk but those of what is kept. */
    private boolean isTidy;

    /** Held from a look at what there is until that is reported, so that no older look is reported over a newer one. */
    private final ReentrantLock looking = new ReentrantLock();

    private volatile Optional<NodeState> reported = Optional.empty();
    private volatile long newestTold;
    private volatile boolean closed;

    /** Whoever has keepers. Its methods are called by the keeper's thread. */
    interface Owner {

        /** Takes note of how far the deployment is. */
        void report(NodeState state);

        /** There is nothing left to keep; asks {@link DeploymentKeeper#retire} and forgets the keeper, unless there is news. */
        void isOver(DeploymentKeeper keeper);
    }

    private enum Work {
        NOT_TO_BE_INTERRUPTED,
        INTERRUPTIBLE,
        /** There is no keeper any more. */
        OVER
    }

    DeploymentKeeper(
            NodeId node,
            DeploymentName deployment,
            Drivers drivers,
            DesiredStateStore store,
            NodeSecrets secrets,
            DevicesInUse devices,
            Owner owner,
            NodeSettings settings) {
        this.node = node;
        this.deployment = deployment;
        this.drivers = drivers;
        this.store = store;
        this.secrets = secrets;
        this.devices = devices;
        this.owner = owner;
        this.settings = settings;
        this.thread = Thread.ofVirtual().name("keep-" + deployment).unstarted(this::run);
        this.onlooker = Thread.ofVirtual().name("look-" + deployment).unstarted(this::lookOn);
    }

    DeploymentName deployment() {
        return deployment;
    }

    /** Begins with nothing; the mesh will say. */
    void start() {
        thread.start();
        onlooker.start();
    }

    /** Begins with what was found on disk. */
    void start(Versioned<DesiredState> known) {
        desired = Optional.of(known);
        newestTold = known.revision();
        start();
    }

    /** Begins with something on disk that cannot be used. */
    void start(Cause problem) {
        refusal = Optional.of(problem);
        start();
    }

    /** Hands over what the mesh said; returns at once. */
    void tell(DesiredStateUpdate told) {
        if (told.desired() instanceof Decoded.Value<DesiredState>(DesiredState state)) {
            devices.told(state);
        }
        gate.lock();
        try {
            inbox = Optional.of(told);
            if (work == Work.INTERRUPTIBLE && told.revision() != underWork) {
                thread.interrupt();
            }
        } finally {
            gate.unlock();
        }
        look();
    }

    /** Something may have changed: looks soon, and tells of it also while it is at work. */
    void look() {
        wake.release();
        glance.release();
    }

    /** Ends the keeper unless it has just been told something; whether it did. */
    boolean retire() {
        gate.lock();
        try {
            if (inbox.isEmpty()) {
                work = Work.OVER;
                onlooker.interrupt();
            }
            return work == Work.OVER;
        } finally {
            gate.unlock();
        }
    }

    /** Stops keeping; what runs goes on. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        onlooker.interrupt();
        try {
            thread.join();
            onlooker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed && !isOver()) {
            try {
                takeNews().ifPresent(this::accept);
                converge();
                await();
            } catch (InterruptedException e) {
                // Either it is closed, or there is news.
            } catch (Throwable e) {
                // The edge of a thread: whatever a driver throws, the deployment is kept again a period later.
                survive(e);
            }
        }
    }

    /** Tells how far the work is while it goes on: a slow image takes minutes. */
    private void lookOn() {
        try {
            while (!closed && !isOver()) {
                glance.acquire();
                glance.drainPermits();
                tellHowFarItIs();
            }
        } catch (InterruptedException e) {
            // There is nothing to look at any more.
        }
    }

    private void tellHowFarItIs() {
        looking.lock();
        try {
            if (isPreparing()) {
                Drivers.Observation now = drivers.observe(deployment, lastSeen());
                if (now.failure().isEmpty()) {
                    report(
                            reported.map(NodeState::convergence)
                                    .filter(Convergence.Failed.class::isInstance)
                                    .orElseGet(Convergence.Converging::new),
                            now.resources());
                }
            }
        } catch (Throwable e) {
            // The edge of a thread: the one that works tells what is the matter.
            LOG.log(Level.DEBUG, "Deployment {0}: cannot be looked at: {1}", deployment, e);
        } finally {
            looking.unlock();
        }
    }

    private boolean isPreparing() {
        gate.lock();
        try {
            return work == Work.INTERRUPTIBLE && !closed;
        } finally {
            gate.unlock();
        }
    }

    private boolean isOver() {
        gate.lock();
        try {
            return work == Work.OVER;
        } finally {
            gate.unlock();
        }
    }

    private Optional<DesiredStateUpdate> takeNews() {
        gate.lock();
        try {
            Optional<DesiredStateUpdate> news = inbox;
            inbox = Optional.empty();
            return news;
        } finally {
            gate.unlock();
        }
    }

    private void survive(Throwable e) {
        try {
            LOG.log(Level.ERROR, "Deployment %s: unexpected failure".formatted(deployment), e);
            report(new Convergence.Failed(new Cause(
                    "unexpected failure: " + e,
                    "node " + node,
                    "`journalctl -u harmony` on the node says more; this is a defect, please report it")));
            await();
        } catch (InterruptedException again) {
            // Either it is closed, or there is news.
        } catch (Throwable again) {
            LOG.log(Level.ERROR, "Deployment {0}: cannot even tell of it: {1}", deployment, again);
        }
    }

    /** Until there is something to do. */
    private void await() throws InterruptedException {
        if (wake.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    /** While something is coming up, people wait for it. */
    private Duration pause() {
        Duration period = settings.convergePeriod();
        return switch (reported.<Convergence>map(NodeState::convergence).orElseGet(Convergence.Converged::new)) {
            case Convergence.Converging() -> period.compareTo(STARTING_PERIOD) < 0 ? period : STARTING_PERIOD;
            case Convergence.Failed _ -> period;
            case Convergence.Converged() ->
                desired.filter(state -> drivers.tellOfChanges(state.value())).isPresent()
                        ? settings.settledPeriod()
                        : period;
        };
    }

    /** Does something that newer word may end. */
    private <T> T preparing(Preparation<T> preparation) throws InterruptedException {
        gate.lock();
        try {
            stopIfClosed();
            if (inbox.filter(news -> news.revision() != newestTold).isPresent()) {
                throw new InterruptedException("there is newer word");
            }
            underWork = newestTold;
            work = Work.INTERRUPTIBLE;
        } finally {
            gate.unlock();
        }
        try {
            return preparation.run();
        } finally {
            endInterruptible();
        }
    }

    private void endInterruptible() throws InterruptedException {
        gate.lock();
        try {
            work = Work.NOT_TO_BE_INTERRUPTED;
            stopIfClosed();
        } finally {
            gate.unlock();
        }
    }

    private interface Preparation<T> {
        T run() throws InterruptedException;
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
                // Before the disk: what cannot be followed for want of a driver, a secret or a device must not end what
                // runs.
                DesiredState wanted = unkept.get().value();
                refusal = drivers.cannotMake(wanted);
                if (refusal.isEmpty()) {
                    refusal = preparing(() -> secrets.gather(wanted));
                }
                if (refusal.isPresent() || !mayHave(wanted)) {
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
        Means means = new Means(secrets.values(deployment), resource -> drivers.path(deployment, resource));
        Optional<Cause> failed = preparing(() -> drivers.converge(state, _ -> means));
        Drivers.Observation after = observeAndReport(state, failed);
        if (failed.isPresent() || after.failure().isPresent()) {
            return;
        }
        if (!isTidy) {
            secrets.keepOnly(state);
            devices.keepOnly(state);
            isTidy = true;
        }
        if (unkept.isEmpty() && state.resources().isEmpty() && after.resources().isEmpty()) {
            forget();
        }
    }

    private Drivers.Observation observeAndReport(DesiredState state, Optional<Cause> failed)
            throws InterruptedException {
        looking.lock();
        try {
            Drivers.Observation after = drivers.observe(deployment, lastSeen());
            Optional<Cause> failure = refusal.or(() -> failed).or(after::failure);
            stopIfClosed();
            report(
                    failure.<Convergence>map(Convergence.Failed::new)
                            .orElseGet(() -> unkept.isEmpty()
                                    ? progress(state, after.resources())
                                    : new Convergence.Converging()),
                    after.resources());
            return after;
        } finally {
            looking.unlock();
        }
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
            owner.isOver(this);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Deployment {0}: cannot forget it on disk: {1}", deployment, e.getMessage());
        }
    }

    /** Converged once everything that is wanted, and nothing else, is there and as it should be. */
    private static Convergence progress(DesiredState state, List<ResourceStatus> after) {
        Set<ResourceId> wanted =
                state.resources().stream().map(NodeResource::id).collect(Collectors.toSet());
        Set<ResourceId> there = after.stream().map(ResourceStatus::id).collect(Collectors.toSet());
        return wanted.equals(there) && after.stream().allMatch(ResourceStatus::isAsWanted)
                ? new Convergence.Converged()
                : new Convergence.Converging();
    }

    private List<ResourceStatus> lastSeen() {
        return reported.map(NodeState::resources).orElse(List.of());
    }

    private void report(Convergence convergence) {
        report(convergence, lastSeen());
    }

    private void report(Convergence convergence, List<ResourceStatus> resources) {
        looking.lock();
        try {
            NodeState state = new NodeState(node, deployment, newestTold, convergence, resources);
            if (reported.filter(state::equals).isEmpty()) {
                log(convergence);
                reported = Optional.of(state);
                owner.report(state);
            }
        } finally {
            looking.unlock();
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
