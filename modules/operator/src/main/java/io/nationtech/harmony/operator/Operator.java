package io.nationtech.harmony.operator;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployProgress;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.OperateProgress;
import io.nationtech.harmony.engine.Operation;
import io.nationtech.harmony.engine.SecretSupply;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps deployments true, each by an {@link Operation}. Of several operators that have the same deployment one works and the
 * others stand by: when it ends another takes over within 5 s, when it is lost within 25 s. Safe without that, too: whoever
 * repairs holds the deployment's journal.
 */
public final class Operator implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Operator.class.getName());
    private static final BucketName LEASES = new BucketName("leases");
    private static final Duration TERM = Leases.SHORTEST_TERM;
    private static final Duration RENEWAL = TERM.dividedBy(3);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Author author;
    private final Means means;
    private final Duration every;
    private final Function<DeploymentName, OperateProgress> progress;
    private final SharedView views;
    private final List<Thread> threads;
    private final RolloutTakeover takeover;

    /**
     * What every operation works with.
     *
     * @param secrets where deployments get theirs from
     * @param nanos monotonic, in nanoseconds: {@code System::nanoTime}
     */
    public record Means(Mesh mesh, Fleet fleet, Journals journals, SecretSupply secrets, LongSupplier nanos) {}

    /**
     * @param author as whom it works, unlike every other operator
     * @param every how long a look may be late for what nobody tells; at least a second
     * @param progress is told what it finds and does
     */
    public Operator(
            List<LoadedModule> deployments,
            Author author,
            Means means,
            Duration every,
            Function<DeploymentName, OperateProgress> progress) {
        this.author = author;
        this.means = means;
        this.every = every;
        this.progress = progress;
        this.takeover = new RolloutTakeover(means.fleet(), means.journals(), author);
        this.views = new SharedView(() -> means.fleet().view(means.nanos()));
        this.threads = deployments.stream()
                .map(LoadedModule::deployment)
                .map(deployment ->
                        Thread.ofVirtual().name("operate " + deployment.name()).unstarted(() -> contend(deployment)))
                .toList();
    }

    /** Begins; returns at once. The mesh may come and go. */
    public void start() {
        threads.forEach(Thread::start);
        takeover.start();
    }

    /** Ends what is under way, after the step that it is in. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        takeover.close();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void contend(Deployment<?> deployment) {
        Key name = Key.of("operator", deployment.name().value());
        Leases leases = new Leases(means.mesh().bucket(LEASES), author.toString(), TERM, means.nanos());
        try {
            while (true) {
                Optional<Leases.Lease> lease = tried(leases, name);
                if (lease.isPresent()) {
                    work(deployment, lease.get());
                }
                TimeUnit.MILLISECONDS.sleep(RENEWAL.toMillis());
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "No longer operating {0}", deployment.name());
        }
    }

    private static Optional<Leases.Lease> tried(Leases leases, Key name) {
        try {
            return leases.tryAcquire(name);
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Will contend for {0} again: {1}", name, e.getMessage());
            return Optional.empty();
        } catch (RuntimeException e) {
            // The edge of a thread: what stands under the key may be anything, and be written anew.
            LOG.log(Level.WARNING, "Cannot contend for {0}, and will try again: {1}", name, e.getMessage());
            return Optional.empty();
        }
    }

    /** For as long as the lease is held. */
    private void work(Deployment<?> deployment, Leases.Lease lease) throws InterruptedException {
        LOG.log(Level.INFO, "Operating deployment {0}", deployment.name());
        Thread worker =
                Thread.ofVirtual().name("operation " + deployment.name()).start(() -> operate(deployment));
        try {
            while (!worker.join(RENEWAL) && goesOn(lease)) {}
        } finally {
            worker.interrupt();
            // Also while this thread is told to end: the lease must not be free before its work has ended.
            boolean interrupted = awaitEnd(worker);
            release(lease);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            LOG.log(Level.INFO, "Deployment {0} is left to other operators", deployment.name());
        }
    }

    private void operate(Deployment<?> deployment) {
        ApplyTerms terms = ApplyTerms.careful(TIMEOUT, DeployProgress.silent());
        Deployer deployer = new Deployer(means.fleet(), means.journals(), author, terms, means.secrets());
        Operation.Mode mode = Operation.Mode.of(deployment.onDrift(), deployer);
        OperateProgress told = progress.apply(deployment.name());
        try (SharedView.Use use = views.use()) {
            new Operation(means.fleet(), means.journals(), mode, every, told, means.secrets())
                    .run(deployment, use.view());
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Operation of {0} ended", deployment.name());
        } catch (Throwable e) {
            // The edge of a thread: the lease is given up, and somebody begins anew.
            LOG.log(Level.ERROR, "Operation of %s failed".formatted(deployment.name()), e);
        }
    }

    private static boolean goesOn(Leases.Lease lease) {
        try {
            return lease.renew();
        } catch (MeshUnavailableException e) {
            return lease.isHeld();
        }
    }

    /** Returns whether this thread was interrupted meanwhile. */
    private static boolean awaitEnd(Thread worker) {
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private static void release(Leases.Lease lease) {
        try {
            lease.release();
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "The lease will lapse by itself: {0}", e.getMessage());
        }
    }
}
