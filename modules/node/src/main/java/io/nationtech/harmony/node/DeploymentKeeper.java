package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.node.Convergence;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.node.NodeState;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.fleet.Decoded;
import io.nationtech.harmony.fleet.DesiredStateUpdate;
import io.nationtech.harmony.fleet.Serial;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one deployment as the node was told, on a virtual thread of its own, so that a slow image holds up no other deployment.
 * Converges when told something new, when a driver sees a change, and again every period: what stopped is started, what was removed
 * comes back. Newer word ends what is only being prepared for older one. What does not come to be in time gives way to what there was
 * before it, as {@link KeptState} says: also without the mesh, and after a restart.
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
    private final Inbox inbox;
    private final Reporter reporter;
    private final Semaphore wake = new Semaphore(0);
    private final Thread onlooker;
    private final Semaphore glance = new Semaphore(0);

    /** What is kept on disk and in the world. */
    private Optional<KeptState> kept = Optional.empty();
    /** What takes its place when the disk has nothing else. */
    private Optional<KeptState> foundGood = Optional.empty();
    /** What was told last and is not yet on disk. */
    private Optional<Versioned<DesiredState>> unkept = Optional.empty();
    /** Of that, where it is signed. */
    private Optional<Serial> unkeptSerial = Optional.empty();
    /** On the disk. */
    private Optional<Serial> keptSerial = Optional.empty();
    /** The newest that was told; touched by whoever tells, one at a time. */
    private Optional<Serial> heard = Optional.empty();
    /** Why what was told last is not what is kept; while there is a reason, the node does not have what it should. */
    private Optional<Cause> refusal = Optional.empty();

    /** Whether there are no sealed secrets on disk but those of what is kept. */
    private boolean isTidy;

    /** Whoever has keepers. Its methods are called by the keeper's thread. */
    interface Owner {

        /** Takes note of how far the deployment is. */
        void report(NodeState state);

        /** There is nothing left to keep; asks {@link DeploymentKeeper#retire} and forgets the keeper, unless there is news. */
        void isOver(DeploymentKeeper keeper);
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
        this.inbox = new Inbox(thread);
        this.reporter = new Reporter(node, deployment, drivers, owner::report);
        this.onlooker = Thread.ofVirtual().name("look-" + deployment).unstarted(this::lookOn);
    }

    DeploymentName deployment() {
        return deployment;
    }

    /** Begins with nothing; the mesh will say. */
    void start() {
        keptSerial = store.serial(deployment);
        hear(keptSerial);
        thread.start();
        onlooker.start();
    }

    /** Begins with what was found on disk. */
    void start(KeptState known) {
        kept = Optional.of(known);
        reporter.answer(known.newest().revision());
        start();
    }

    /**
     * Begins with something on disk that cannot be used.
     *
     * @param lastGood what the node had whole before that, if there is such; touched by nobody until there is newer word
     */
    void start(Cause problem, Optional<Versioned<DesiredState>> lastGood) {
        refusal = Optional.of(problem);
        foundGood = lastGood.map(KeptState.Good::new);
        start();
    }

    /** Hands over what the mesh said, if it is not older than what it said before, and by one who may say it; returns at once. */
    void tell(DesiredStateUpdate any) {
        DesiredStateUpdate told = refusedIfRevoked(any).orElseGet(() -> refusedIfOlder(any));
        if (told.desired() instanceof Decoded.Value<DesiredState>(DesiredState state)) {
            devices.told(state);
        }
        inbox.put(told);
        look();
    }

    /** When it was written nobody knows but who wrote it, so of those who were revoked only that counts which is followed already. */
    private Optional<DesiredStateUpdate> refusedIfRevoked(DesiredStateUpdate told) {
        return told.revoked().filter(_ -> !told.serial().equals(heard)).map(told::refused);
    }

    private DesiredStateUpdate refusedIfOlder(DesiredStateUpdate told) {
        Optional<Serial> newer = heard.filter(
                known -> told.serial().filter(one -> one.isBefore(known)).isPresent());
        if (newer.isPresent()) {
            return told.refused(older(told.serial().orElseThrow(), newer.get()));
        }
        hear(told.serial().or(() -> heard));
        return told;
    }

    private void hear(Optional<Serial> serial) {
        heard = serial;
        reporter.refuseBefore(serial.map(Serial::asOf));
    }

    private Cause older(Serial serial, Serial followed) {
        return new Cause(
                "it was signed as of %s, and what was signed as of %s is followed: it was put back, or is one of two"
                        .formatted(serial.asOf(), followed.asOf()),
                "node %s, deployment %s".formatted(node, deployment),
                "nothing follows it. Deploy again; if that does not help, look at the clock where you deploy, and find out who writes into the mesh");
    }

    /** Something may have changed: looks soon, and tells of it also while it is at work. */
    void look() {
        wake.release();
        glance.release();
    }

    /** Ends the keeper unless it has just been told something; whether it did. */
    boolean retire() {
        boolean isOver = inbox.retire();
        if (isOver) {
            onlooker.interrupt();
        }
        return isOver;
    }

    /** Stops keeping; what runs goes on. */
    @Override
    public void close() {
        inbox.close();
        onlooker.interrupt();
        try {
            thread.join();
            onlooker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!inbox.isOver()) {
            try {
                inbox.take().ifPresent(this::accept);
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
            while (!inbox.isOver()) {
                glance.acquire();
                glance.drainPermits();
                tellHowFarItIs();
            }
        } catch (InterruptedException e) {
            // There is nothing to look at any more.
        }
    }

    private void tellHowFarItIs() {
        try {
            if (inbox.isPreparing()) {
                // Asked again while nobody else can report: the work may have ended, and its end been told.
                reporter.look(found ->
                        inbox.isPreparing() && found.failure().isEmpty() ? Optional.of(stillAtIt()) : Optional.empty());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            // The edge of a thread: the one that works tells what is the matter.
            LOG.log(Level.DEBUG, "Deployment {0}: cannot be looked at: {1}", deployment, e);
        }
    }

    private Convergence stillAtIt() {
        return reporter.said().filter(Convergence.Failed.class::isInstance).orElseGet(Convergence.Converging::new);
    }

    private void survive(Throwable e) {
        try {
            LOG.log(Level.ERROR, "Deployment %s: unexpected failure".formatted(deployment), e);
            Cause defect = new Cause(
                    "unexpected failure: " + e,
                    "node " + node,
                    "`journalctl -u harmony` on the node says more; this is a defect, please report it");
            Optional<Cause> rollback = kept.isEmpty()
                    ? Optional.empty()
                    : rollback(kept.get(), new KeptState.Sight.Amiss(defect.what()), Optional.of(defect));
            reporter.report(new Convergence.Failed(rollback.orElse(defect)));
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

    /** Until the next look, or until something is decided by the passing of time. */
    private Duration pause() {
        Duration usual = usualPause();
        return kept.flatMap(state -> state.untilDecided(now()))
                .filter(left -> left.isPositive() && left.compareTo(usual) < 0)
                .orElse(usual);
    }

    /** While something is coming up, people wait for it. */
    private Duration usualPause() {
        Duration period = settings.convergePeriod();
        return switch (reporter.said().orElseGet(Convergence.Converged::new)) {
            case Convergence.Converging() -> period.compareTo(STARTING_PERIOD) < 0 ? period : STARTING_PERIOD;
            case Convergence.Failed _ -> period;
            case Convergence.Converged() ->
                kept.filter(state -> drivers.tellOfChanges(state.current().value()))
                                .isPresent()
                        ? settings.settledPeriod()
                        : period;
        };
    }

    private long now() {
        return settings.nanos().getAsLong();
    }

    private void accept(DesiredStateUpdate told) {
        boolean isNews = told.revision() != reporter.answered();
        reporter.answer(told.revision());
        switch (told.desired()) {
            case Decoded.Unreadable<DesiredState>(Cause cause) -> {
                unkept = Optional.empty();
                refusal = Optional.of(cause);
                reporter.report(new Convergence.Failed(cause));
            }
            case Decoded.Value<DesiredState>(DesiredState state) -> {
                unkept = Optional.of(new Versioned<>(told.revision(), state));
                unkeptSerial = told.serial();
                refusal = Optional.empty();
                if (isNews) {
                    String revision = Long.toString(told.revision());
                    LOG.log(Level.INFO, "Deployment {0}: told revision {1}", deployment, revision);
                    reporter.report(new Convergence.Converging());
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
            boolean isNew = !unkept.equals(kept.map(KeptState::newest));
            if (isNew) {
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
            }
            keepSerial();
            if (isNew) {
                save(KeptState.told(unkept.get(), kept.or(() -> foundGood), now()));
            }
            unkept = Optional.empty();
            refusal = Optional.empty();
            kept.ifPresent(state -> devices.told(state.current().value()));
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("stopped while keeping the desired state");
        } catch (IOException e) {
            refusal = Optional.of(new Cause(
                    "cannot keep the desired state on disk, so it is not applied: " + e.getMessage(),
                    "node " + node,
                    "make room on the disk or repair it: `df -h`, `dmesg`; what ran before goes on"));
        }
    }

    private void keepSerial() throws IOException {
        if (unkeptSerial.isPresent() && !unkeptSerial.equals(keptSerial)) {
            store.saveSerial(deployment, unkeptSerial.get());
            keptSerial = unkeptSerial;
        }
    }

    /** What was there before first, so that a power cut never leaves what is new without a way back. */
    private void save(KeptState told) throws IOException {
        boolean isThere = kept.filter(before -> !(before instanceof KeptState.Good))
                .map(KeptState::lastGood)
                .filter(told.lastGood()::equals)
                .isPresent();
        if (!isThere) {
            store.saveLastGood(told.lastGood());
        }
        if (kept.filter(KeptState.RolledBack.class::isInstance).isPresent()) {
            store.forgetRollback(deployment);
        }
        store.save(told.newest());
        kept = Optional.of(told);
        isTidy = false;
    }

    private <T> T preparing(Inbox.Preparation<T> preparation) throws InterruptedException {
        return inbox.preparing(reporter.answered(), preparation);
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
        if (kept.isEmpty()) {
            refusal.ifPresent(cause -> reporter.report(new Convergence.Failed(cause)));
            return;
        }
        DesiredState state = kept.get().current().value();
        reporter.want(state.resources());
        Means means =
                new Means(secrets.values(deployment), resource -> drivers.path(deployment, resource), drivers.data());
        Optional<Cause> failed = preparing(() -> drivers.converge(state, _ -> means));
        Drivers.Observation after = reporter.look(found -> Optional.of(judged(state, failed, found)));
        if (failed.isPresent() || after.failure().isPresent()) {
            return;
        }
        if (!isTidy && kept.get() instanceof KeptState.Good) {
            secrets.keepOnly(state);
            devices.keepOnly(state);
            inbox.tidying(reporter.answered(), () -> {
                drivers.tidy(state);
                return state;
            });
            isTidy = true;
        }
        if (unkept.isEmpty() && state.resources().isEmpty() && after.resources().isEmpty()) {
            forget();
        }
    }

    /** How far the node is with what it was told last; whether it goes on with that is decided here, too. */
    private Convergence judged(DesiredState state, Optional<Cause> failed, Drivers.Observation found)
            throws InterruptedException {
        inbox.stopIfClosed();
        Optional<Cause> failure = failed.or(found::failure);
        KeptState.Sight sight = KeptState.Sight.of(state, failure, found.resources());
        Optional<Cause> rollback = rollback(kept.orElseThrow(), sight, failure);
        return refusal.or(() -> rollback)
                .or(() -> failure)
                .<Convergence>map(Convergence.Failed::new)
                .orElseGet(() -> unkept.isEmpty() && sight instanceof KeptState.Sight.Whole
                        ? new Convergence.Converged()
                        : new Convergence.Converging());
    }

    /** Why the node went back; decides that, and keeps what was decided. */
    private Optional<Cause> rollback(KeptState before, KeptState.Sight sight, Optional<Cause> failure)
            throws InterruptedException {
        KeptState now = before.seen(sight, now());
        keep(before, now);
        kept = Optional.of(now);
        return switch (now) {
            case KeptState.RolledBack back ->
                Optional.of(before instanceof KeptState.RolledBack ? withPresent(back.why(), failure) : back.why());
            case KeptState.Good _, KeptState.Tried _ -> Optional.empty();
        };
    }

    private static Cause withPresent(Cause why, Optional<Cause> failure) {
        return failure.map(now -> new Cause(
                        "%s; that fails now, too: %s".formatted(why.what(), now.what()), why.where(), now.next()))
                .orElse(why);
    }

    /** What cannot be kept holds up nothing: after a restart the node would try the newest once more. */
    private void keep(KeptState before, KeptState now) throws InterruptedException {
        if (now.getClass() == before.getClass()) {
            return;
        }
        try {
            switch (now) {
                case KeptState.Good _ -> store.forgetLastGood(deployment);
                case KeptState.RolledBack(var newest, var lastGood, Cause why) -> {
                    devices.told(lastGood.value());
                    // There is something else to do, at once.
                    wake.release();
                    store.saveRollback(node, deployment, newest.revision(), why);
                }
                case KeptState.Tried _ -> {}
            }
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException("stopped while keeping how far it is");
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "Deployment {0}: cannot keep on disk how far it is: {1}",
                    deployment,
                    e.getMessage());
        }
    }

    /** From now on only the mesh can bring it back; there is nothing to look after. */
    private void forget() {
        try {
            store.forget(deployment);
            secrets.forget(deployment);
            kept = Optional.empty();
            foundGood = Optional.empty();
            owner.isOver(this);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Deployment {0}: cannot forget it on disk: {1}", deployment, e.getMessage());
        }
    }
}
