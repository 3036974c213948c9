package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.History;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Journals in the mesh: bucket {@code journals} has a key for each resource, with the newest word on it; bucket
 * {@code leases} has who applies. A crash leaves a lease that runs out; whoever opens the journal then watches it do so, for up to
 * 17 s. Every method throws {@link io.nationtech.harmony.mesh.MeshUnavailableException} when the mesh cannot be asked.
 */
public final class MeshJournals implements Journals, History {
    static final BucketName JOURNALS = new BucketName("journals");
    private static final BucketName LEASES = new BucketName("leases");
    private static final int REVISIONS = 1;
    private static final Duration TERM = Leases.SHORTEST_TERM;
    private static final Logger LOG = System.getLogger(MeshJournals.class.getName());

    private final Mesh mesh;
    private final Clocks clocks;
    private final Consumer<Opening.Held> waiting;
    private volatile boolean ensured;

    /**
     * The time, in three ways, and chance.
     *
     * @param wall for people
     * @param nanos monotonic
     * @param sessions tells one opening from every other of the same author
     * @param renewal how often the own lease is renewed
     * @param look how often a lease of somebody else is looked at
     */
    record Clocks(InstantSource wall, LongSupplier nanos, RandomGenerator sessions, Duration renewal, Duration look) {}

    /**
     * @param clock for people
     * @param nanos monotonic, in nanoseconds: {@code System::nanoTime}
     * @param sessions tells one opening from every other of the same author: one that nobody else can repeat
     * @param waiting told when somebody has a deployment's journal open, and it is not known yet whether they still live
     */
    public MeshJournals(
            Mesh mesh,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator sessions,
            Consumer<Opening.Held> waiting) {
        this(mesh, new Clocks(clock, nanos, sessions, TERM.dividedBy(3), Duration.ofMillis(500)), waiting);
    }

    MeshJournals(Mesh mesh, Clocks clocks, Consumer<Opening.Held> waiting) {
        this.mesh = mesh;
        this.clocks = clocks;
        this.waiting = waiting;
    }

    /**
     * Makes the buckets that are missing.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked, or does not permit it
     */
    public static void ensureBuckets(Mesh mesh) {
        mesh.ensureBucket(JOURNALS, REVISIONS);
        mesh.ensureBucket(LEASES, 1);
    }

    /** Who may only read cannot make them, nor needs to: they are there as soon as somebody applied. */
    private void ensureBuckets() {
        if (!ensured) {
            try {
                ensureBuckets(mesh);
                ensured = true;
            } catch (MeshUnavailableException e) {
                LOG.log(Level.DEBUG, "Somebody else has to make the buckets of journals: {0}", e.getMessage());
            }
        }
    }

    /** Opens it, and keeps the lease for as long as it is open. */
    @Override
    public Opening open(DeploymentName deployment, Author author) {
        ensureBuckets();
        Holder own = new Holder(
                author,
                clocks.wall().instant().truncatedTo(ChronoUnit.SECONDS),
                HexFormat.of().toHexDigits(clocks.sessions().nextLong()));
        Bucket bucket = mesh.bucket(LEASES);
        Leases leases = new Leases(bucket, own.text(), TERM, clocks.nanos());
        Key name = Keys.lease(deployment);
        Optional<Entry> first = Optional.empty();
        while (true) {
            long before = clocks.nanos().getAsLong();
            Optional<Leases.Lease> lease = leases.tryAcquire(name);
            if (lease.isPresent()) {
                return opened(deployment, author, new KeptLease(lease.get(), before, TERM, clocks));
            }
            Optional<Entry> held =
                    bucket.get(name).filter(entry -> Holder.of(entry).isPresent());
            if (held.isPresent()) {
                Opening.Held by = held(held.get());
                // Whoever renews, lives.
                if (first.isPresent() && first.get().revision() != held.get().revision()) {
                    return by;
                }
                if (first.isEmpty()) {
                    waiting.accept(by);
                    first = held;
                }
            }
            pause(deployment);
        }
    }

    private Opening opened(DeploymentName deployment, Author author, KeptLease lease) {
        try {
            return new Opening.Opened(MeshJournal.open(mesh.bucket(JOURNALS), deployment, author, lease));
        } catch (Throwable e) {
            lease.close();
            throw e;
        }
    }

    private static Opening.Held held(Entry lease) {
        Holder holder = Holder.of(lease).orElseThrow();
        return new Opening.Held(holder.by(), holder.since());
    }

    private void pause(DeploymentName deployment) {
        try {
            Thread.sleep(clocks.look());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException(new Cause(
                    "interrupted while somebody else had the journal of deployment '%s' open".formatted(deployment),
                    "mesh, bucket %s, key %s".formatted(LEASES, Keys.lease(deployment)),
                    "apply again"));
        }
    }

    @Override
    public Ledger read(DeploymentName deployment) {
        ensureBuckets();
        return Kept.read(mesh.bucket(JOURNALS), deployment).ledger();
    }

    @Override
    public Optional<LastChange> last(DeploymentName deployment, ResourceId id) {
        ensureBuckets();
        return mesh.bucket(JOURNALS)
                .get(Keys.of(deployment, id))
                .flatMap(entry -> Kept.readable(deployment, entry)
                        .map(record -> new LastChange(record.state(), record.by(), entry.written())));
    }
}
