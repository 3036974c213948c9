package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.Ledger.Owned;
import io.nationtech.harmony.graph.Ledger.Settled;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Written;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** A journal that is open. Every entry is a compare-and-set, so that whoever lost the lease unawares cannot write. */
final class MeshJournal implements Journal {
    /** A server syncs one write after the other; those that queue there longer than a request lasts would fail, though it works. */
    private static final int WRITES_AT_A_TIME = 32;

    private final Bucket bucket;
    private final DeploymentName deployment;
    private final Author author;
    private final KeptLease lease;
    private final Ledger atOpening;
    private final Map<Key, Long> revisions;
    private final Semaphore free = new Semaphore(WRITES_AT_A_TIME, true);
    private final Map<ResourceId, Owned> owned = new ConcurrentHashMap<>();

    private MeshJournal(Bucket bucket, DeploymentName deployment, Author author, KeptLease lease, Kept kept) {
        this.bucket = bucket;
        this.deployment = deployment;
        this.author = author;
        this.lease = lease;
        this.atOpening = kept.ledger();
        this.revisions = new ConcurrentHashMap<>(kept.revisions());
        this.owned.putAll(atOpening.all());
    }

    static MeshJournal open(Bucket bucket, DeploymentName deployment, Author author, KeptLease lease) {
        Kept kept = Kept.read(bucket, deployment);
        MeshJournal journal = new MeshJournal(bucket, deployment, author, lease, kept);
        kept.unreadable().forEach(key -> journal.put(key, JournalRecord.SET_ASIDE));
        kept.halfMoved().forEach(id -> journal.put(JournalRecord.gone(id, author)));
        return journal;
    }

    @Override
    public Ledger ledger() {
        return atOpening;
    }

    @Override
    public void append(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.Began(var id, var physical, var after) ->
                putOwned(id, new Owned(physical, after, Settled.NO), Optional.empty());
            case JournalEntry.Done(var id) -> {
                Owned begun = owned.get(id);
                if (begun != null) {
                    putOwned(id, new Owned(begun.physical(), begun.after(), Settled.YES), Optional.empty());
                }
            }
            case JournalEntry.Gone(var id) -> {
                put(JournalRecord.gone(id, author));
                owned.remove(id);
            }
            case JournalEntry.Moved(var from, var id) -> {
                Owned moved = owned.get(from);
                if (moved != null) {
                    putOwned(id, moved, Optional.of(from));
                    put(JournalRecord.gone(from, author));
                    owned.remove(from);
                }
            }
        }
    }

    private void putOwned(ResourceId id, Owned now, Optional<ResourceId> movedFrom) {
        put(JournalRecord.owned(id, now, author, movedFrom));
        owned.put(id, now);
    }

    private void put(JournalRecord record) {
        put(Keys.of(deployment, record.id()), record.write());
    }

    private void put(Key key, Payload value) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped("interrupted before '%s' was written".formatted(key));
        }
        try {
            putNow(key, value);
        } finally {
            free.release();
        }
    }

    private void putNow(Key key, Payload value) {
        if (!lease.isHeld()) {
            throw stopped(
                    "the lease on deployment '%s' ran out, as the mesh was away for too long".formatted(deployment));
        }
        try {
            Optional<Long> expected = Optional.ofNullable(revisions.get(key));
            Written written = expected.map(revision -> bucket.update(key, value, revision))
                    .orElseGet(() -> bucket.create(key, value));
            revisions.put(
                    key,
                    switch (written) {
                        case Written.At(long revision) -> revision;
                        case Written.Conflict() -> ownAnswerLost(key, value);
                    });
        } catch (MeshUnavailableException e) {
            throw new JournalException(e.why());
        }
    }

    /** The mesh's library may write again when an answer is lost, and then finds its own write. */
    private long ownAnswerLost(Key key, Payload value) {
        return bucket.get(key)
                .filter(entry -> entry.value().equals(value))
                .map(Entry::revision)
                .orElseThrow(() -> stopped("somebody else wrote the journal of deployment '%s'".formatted(deployment)));
    }

    private JournalException stopped(String why) {
        return new JournalException(new Cause(
                why + ", so nothing more is done",
                "mesh, bucket %s, %s".formatted(MeshJournals.JOURNALS, deployment),
                "apply again: it goes on from here, once nobody else applies"));
    }

    @Override
    public void close() {
        lease.close();
    }
}
