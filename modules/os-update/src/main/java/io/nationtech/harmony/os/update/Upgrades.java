package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.NodeSystem;
import io.nationtech.harmony.domain.system.NodeSystem.Failed;
import io.nationtech.harmony.domain.system.NodeSystem.Step;
import io.nationtech.harmony.domain.system.NodeSystem.Upgrade;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.ResetAnswer;
import io.nationtech.harmony.domain.system.SystemUpgrades;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeAnswer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.os.update.OsRelease.Architecture;
import io.nationtech.harmony.os.update.OsRelease.Part;
import io.nationtech.harmony.os.update.Staging.Base;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Upgrades of the system that this agent runs on. One at a time, on a thread of its own, which ends with this. A power cut at any moment leaves
 * what ran before, or the new one whole; the agent that starts next goes on with what was begun.
 */
public final class Upgrades implements SystemUpgrades, AutoCloseable {
    private static final Logger LOG = System.getLogger(Upgrades.class.getName());
    private static final int LONGEST_SIGNATURE = 200;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SystemVersion running;
    private final Architecture architecture;
    private final Machine machine;
    private final Places places;
    private final Site site;
    private final Offers offers;
    private final Limits limits;
    private final InstantSource clock;
    private final Staging staging;
    private volatile Runnable listener = () -> {};
    private volatile NodeSystem now;
    private Optional<UpgradeOrder> order = Optional.empty();
    private Optional<Thread> worker = Optional.empty();
    private volatile boolean closed;

    /**
     * Where what is.
     *
     * @param keys of whoever makes releases
     * @param staging where systemd-sysupdate looks for what it is to write
     * @param kept the file of what is remembered, in a folder that is made
     * @param lastFailure the file in which a system that did not get well says why
     * @param offers the folder of what neighbours may have, on the disk of {@code staging}
     */
    public record Places(Path keys, Path staging, Path kept, Path lastFailure, Path offers) {}

    /** What this agent is part of, and the machine it is for. */
    public record Running(SystemVersion version, Architecture architecture) {}

    /** The neighbours, and what they may cost. */
    public record Site(Neighbours neighbours, SiteLimits limits) {}

    public Upgrades(Running running, Machine machine, Places places, Site site, Limits limits, InstantSource clock) {
        this.running = running.version();
        this.architecture = running.architecture();
        this.machine = machine;
        this.places = places;
        this.site = site;
        this.offers = new Offers(places.offers(), site.neighbours());
        this.limits = limits;
        this.clock = clock;
        this.staging = new Staging(places.staging());
        this.now = new NodeSystem(this.running);
    }

    @Override
    public NodeSystem now() {
        return now;
    }

    @Override
    public void onChange(Runnable told) {
        listener = told;
    }

    /**
     * Goes on with what was begun; returns at once. To start it again changes nothing.
     *
     * @throws IOException when it cannot be read what that was
     */
    public synchronized void start() throws IOException {
        if (worker.isPresent()) {
            return;
        }
        Files.createDirectories(places.kept().toAbsolutePath().getParent());
        if (!offers.isEmpty()) {
            offers.open();
        }
        Kept kept = Kept.read(places.kept());
        Optional<Failed> failed = kept.failed()
                .or(() -> LastFailure.read(places.lastFailure()))
                .filter(one -> one.to().isNewerThan(running));
        failed.ifPresent(one -> say(Optional.empty(), failed));
        if (kept.order().isEmpty()) {
            return;
        }
        UpgradeOrder begun = kept.order().get();
        String boot = machine.boot();
        if (begun.version().equals(running)) {
            work(begun, Step.PROVING, this::prove);
        } else if (!begun.version().isNewerThan(running)) {
            DurableFile.delete(places.kept());
        } else if (kept.restarted().isEmpty()) {
            work(begun, Step.FETCHING, this::run);
        } else if (kept.restarted().get().equals(boot)) {
            work(begun, Step.RESTARTING, _ -> machine.restart());
        } else {
            wentBack(begun.version());
        }
    }

    private void wentBack(SystemVersion version) throws IOException {
        Failed failed = LastFailure.read(places.lastFailure())
                .filter(one -> one.to().equals(version))
                .orElseGet(() -> LastFailure.wentBack(version, clock.instant(), ""));
        Kept.failed(failed).write(places.kept());
        say(Optional.empty(), Optional.of(failed));
        LOG.log(Level.WARNING, "{0}", failed.why());
    }

    @Override
    public synchronized UpgradeAnswer upgrade(UpgradeOrder wanted) {
        if (order.isPresent()) {
            return order.get().equals(wanted)
                    ? new UpgradeAnswer.Accepted()
                    : refused(
                            "it is on its way to %s already"
                                    .formatted(order.get().version()),
                            "wait for that to end: `harmony node show` says how far it is");
        }
        if (!wanted.version().isNewerThan(running)) {
            return refused(
                    "%s is not newer than %s, which runs".formatted(wanted.version(), running),
                    "a node never goes to an older system, or anew to the same one; make a newer release");
        }
        Optional<Failed> tried =
                now.failed().filter(failed -> failed.to().equals(wanted.version()) && failed.step() == Step.PROVING);
        if (tried.isPresent()) {
            return new UpgradeAnswer.Refused(tried.get().why());
        }
        try {
            Kept.begun(wanted).write(places.kept());
        } catch (IOException e) {
            return refused("it cannot be kept: " + e, "look at the node's disk: `df -h %s`".formatted(places.kept()));
        }
        work(wanted, Step.FETCHING, this::run);
        return new UpgradeAnswer.Accepted();
    }

    @Override
    public synchronized ResetAnswer reset() {
        if (order.isPresent()) {
            return resetRefused(
                    "it is on its way to %s".formatted(order.get().version()),
                    "wait for that to end: `harmony node show` says how far it is");
        }
        try {
            machine.reset();
            LOG.log(Level.INFO, "Forgetting everything, as an operator asked");
            return new ResetAnswer.Begun();
        } catch (IOException e) {
            return resetRefused(String.valueOf(e.getMessage()), "`journalctl -b` there says more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return resetRefused("the agent just ends", "ask again in a moment");
        }
    }

    private static ResetAnswer resetRefused(String why, String next) {
        return new ResetAnswer.Refused(
                new Cause("the node forgets nothing: " + why, "the node's operating system", next));
    }

    private UpgradeAnswer refused(String what, String next) {
        return new UpgradeAnswer.Refused(
                new Cause("the upgrade is refused: " + what, "the node's operating system", next));
    }

    private interface Work {
        void on(UpgradeOrder wanted) throws IOException, UpgradeException, InterruptedException;
    }

    /** Says so at once: nobody is to take for settled what has yet to prove itself. */
    private synchronized void work(UpgradeOrder wanted, Step first, Work work) {
        order = Optional.of(wanted);
        say(wanted, first);
        worker = Optional.of(Thread.ofVirtual().name("upgrade").start(() -> workSafely(wanted, work)));
    }

    private void workSafely(UpgradeOrder wanted, Work work) {
        try {
            work.on(wanted);
        } catch (InterruptedException e) {
            goesOnLater(wanted);
        } catch (UpgradeException.Unreachable e) {
            fail(wanted, e.why());
        } catch (UpgradeException e) {
            clear();
            fail(wanted, e.why());
        } catch (IOException | RuntimeException e) {
            // The edge of a thread: whoever waits hears of it.
            clear();
            fail(
                    wanted,
                    new Cause(
                            "something failed that should not: " + e,
                            "the node's operating system",
                            "`journalctl -u harmony` there says more; upgrade again"));
        }
    }

    private static void goesOnLater(UpgradeOrder wanted) {
        LOG.log(Level.INFO, "The upgrade to {0} goes on when the agent starts again", wanted.version());
    }

    private void clear() {
        if (closed) {
            return;
        }
        try {
            staging.clear();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} could not be cleared: {1}", places.staging(), e.toString());
        }
    }

    private synchronized void fail(UpgradeOrder wanted, Cause why) {
        if (closed) {
            // Files and sockets say in many ways that their thread was interrupted.
            goesOnLater(wanted);
            return;
        }
        LOG.log(Level.WARNING, "The upgrade to {0} came to nothing: {1}", wanted.version(), why);
        Step step = now.underWay().map(Upgrade::step).orElse(Step.FETCHING);
        Failed failed = new Failed(wanted.version(), step, clock.instant(), why);
        try {
            Kept.failed(failed).write(places.kept());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "It could not be kept that it did: {0}", e.toString());
        }
        order = Optional.empty();
        say(Optional.empty(), Optional.of(failed));
    }

    private void say(UpgradeOrder wanted, Step step) {
        LOG.log(Level.INFO, "Upgrade {0}", new Upgrade(wanted.version(), step));
        say(Optional.of(new Upgrade(wanted.version(), step)), Optional.empty());
    }

    private void say(Optional<Upgrade> underWay, Optional<Failed> failed) {
        now = new NodeSystem(running, underWay, failed);
        listener.run();
    }

    /** Fetches, checks and writes it, and has the machine start into it. */
    private void run(UpgradeOrder wanted) throws IOException, UpgradeException, InterruptedException {
        Deadline deadline = Deadline.in(limits.whole());
        Files.createDirectories(staging.fetched());
        Download download = new Download(
                ReleaseFiles.at(wanted.release(), limits.stall()),
                staging.fetched(),
                limits,
                deadline,
                new Neighbourhood(asked(wanted.release()), offers, site.limits()),
                offers);
        OsRelease release = release(wanted, download);
        staging.prepare(release);
        offers.keepOnly(release.files().map(OsRelease.ReleaseFile::sha256).collect(Collectors.toSet()));
        Machine.Room room = machine.room();
        Preflight preflight = new Preflight(release, running, room);
        preflight.require(staging.free(), staging.used(), places.staging().toString());
        offers.keep(
                preflight.hasRoomForOffers(staging.free(), staging.used())
                        ? Offers.Room.ENOUGH
                        : Offers.Room.TOO_LITTLE);
        offers.open();
        offers.look();
        Base base = new Base(running, machine, room.memory());
        for (Part part : release.parts().stream()
                .sorted(Comparator.comparing(Part::sort))
                .toList()) {
            staging.take(release, part, download, base);
        }
        say(wanted, Step.WRITING);
        Optional<Cause> failure = machine.write(deadline.left());
        if (failure.isPresent()) {
            throw new UpgradeException(failure.get());
        }
        clear();
        Kept.begun(wanted).restartedIn(machine.boot()).write(places.kept());
        say(wanted, Step.RESTARTING);
        machine.restart();
    }

    /** What lies on a stick is nearer than any neighbour. */
    private Neighbours asked(ReleasePlace place) {
        return switch (place) {
            case ReleasePlace.Web _ -> site.neighbours();
            case ReleasePlace.Folder _ -> Neighbours.NONE;
        };
    }

    /** It is what was ordered, for this machine, and by one who may make releases. */
    private OsRelease release(UpgradeOrder wanted, Download download)
            throws IOException, UpgradeException, InterruptedException {
        String name = OsRelease.fileName(wanted.version(), architecture);
        String where = download.files().where(name);
        byte[] manifest = download.small(name, OsRelease.LONGEST);
        byte[] signature = download.small(name + ".sig", LONGEST_SIGNATURE);
        new ReleaseKeys(places.keys()).requireSigned(manifest, signature, where);
        OsRelease release = OsRelease.parse(manifest, where);
        if (!release.version().equals(wanted.version())) {
            throw new UpgradeException(new Cause(
                    "the release there is of version %s, and not %s: somebody put another in its place"
                            .formatted(release.version(), wanted.version()),
                    where,
                    "put the right one there, or ask for that version"));
        }
        if (release.architecture() != architecture) {
            throw new UpgradeException(new Cause(
                    "the release there is for %s, and this machine is %s"
                            .formatted(release.architecture(), architecture),
                    where,
                    "put the one for %s there".formatted(architecture)));
        }
        return release;
    }

    /** It runs; until it has shown that it is well, the machine may go back. */
    private void prove(UpgradeOrder wanted) throws IOException, UpgradeException, InterruptedException {
        Deadline deadline = Deadline.in(limits.proving());
        while (machine.trial() == Machine.Trial.UNDER_WAY) {
            if (deadline.isOver()) {
                throw new UpgradeException(new Cause(
                        "%s runs, and is not known to be well after %d min; at the next start the machine may go back"
                                .formatted(running, limits.proving().toMinutes()),
                        "the node's operating system",
                        "`systemctl status boot-complete.target systemd-bless-boot` there say what is missing"));
            }
            Thread.sleep(LOOK);
        }
        synchronized (this) {
            DurableFile.delete(places.kept());
            order = Optional.empty();
            say(Optional.empty(), Optional.empty());
        }
        LOG.log(Level.INFO, "{0} runs, and is well", running);
    }

    /** What is under way goes on when the agent starts again. */
    @Override
    public void close() {
        closed = true;
        Optional<Thread> working;
        synchronized (this) {
            working = worker;
        }
        working.ifPresent(Thread::interrupt);
        offers.close();
    }
}
