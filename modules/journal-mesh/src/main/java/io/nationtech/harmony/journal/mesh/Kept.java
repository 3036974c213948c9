package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.ResourceId;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A deployment's journal as read.
 *
 * @param revisions under which each key was read
 * @param halfMoved names that are owned no longer, though the move was cut off before it said so of them
 */
record Kept(Ledger ledger, Map<Key, Long> revisions, Set<ResourceId> halfMoved) {

    static Kept read(Bucket bucket, DeploymentName deployment) {
        List<Entry> entries = bucket.entries(Keys.of(deployment)).entries().stream()
                .sorted(Comparator.comparingLong(Entry::revision))
                .toList();
        Ledger ledger = new Ledger();
        Map<Key, Long> revisions = new HashMap<>();
        Set<ResourceId> halfMoved = new HashSet<>();
        for (Entry entry : entries) {
            JournalRecord record = record(deployment, entry);
            revisions.put(entry.key(), entry.revision());
            accept(ledger, record);
            halfMoved.remove(record.id());
            record.movedFrom().filter(from -> ledger.owned(from).isPresent()).ifPresent(from -> {
                ledger.accept(new JournalEntry.Gone(from));
                halfMoved.add(from);
            });
        }
        return new Kept(ledger, revisions, halfMoved);
    }

    private static void accept(Ledger ledger, JournalRecord record) {
        record.owned()
                .ifPresentOrElse(
                        owned -> {
                            ledger.accept(new JournalEntry.Began(record.id(), owned.physical(), owned.after()));
                            if (owned.settled() == Ledger.Settled.YES) {
                                ledger.accept(new JournalEntry.Done(record.id()));
                            }
                        },
                        () -> ledger.accept(new JournalEntry.Gone(record.id())));
    }

    static JournalRecord record(DeploymentName deployment, Entry entry) {
        JournalRecord record;
        try {
            record = JournalRecord.read(entry.value());
        } catch (InvalidValueException e) {
            throw unreadable(deployment, entry, String.valueOf(e.getMessage()));
        }
        if (!Keys.of(deployment, record.id()).equals(entry.key())) {
            throw unreadable(deployment, entry, "it says of itself that it is about " + record.id());
        }
        return record;
    }

    private static JournalException unreadable(DeploymentName deployment, Entry entry, String why) {
        return new JournalException(new Cause(
                "an entry in the journal of deployment '%s' cannot be read: %s".formatted(deployment, why),
                "mesh, bucket %s, key %s".formatted(MeshJournals.JOURNALS, entry.key()),
                "upgrade Harmony here to the version that wrote it; when it is damaged, delete the key: what is there is"
                        + " then adopted, but nothing is deleted"));
    }
}
