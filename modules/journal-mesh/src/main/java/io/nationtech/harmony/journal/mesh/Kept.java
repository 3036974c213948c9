package io.nationtech.harmony.journal.mesh;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A deployment's journal as read. An entry that cannot be read counts as none: what it was about is found in the world if it is
 * declared, and left alone if it is not. One that a newer version wrote is not guessed but refused.
 *
 * @param revisions under which each key was read
 * @param halfMoved names that are owned no longer, though the move was cut off before it said so of them
 * @param unreadable the keys of what cannot be read
 */
record Kept(Ledger ledger, Map<Key, Long> revisions, Set<ResourceId> halfMoved, Set<Key> unreadable) {
    private static final Logger LOG = System.getLogger(Kept.class.getName());
    private static final int SHOWN = 3;
    private static final int LONGEST_SHOWN = 100;

    static Kept read(Bucket bucket, DeploymentName deployment) {
        List<Entry> entries = bucket.entries(Keys.of(deployment)).entries().stream()
                .sorted(Comparator.comparingLong(Entry::revision))
                .toList();
        Ledger ledger = new Ledger();
        Map<Key, Long> revisions = new HashMap<>();
        Set<ResourceId> halfMoved = new HashSet<>();
        SortedMap<String, String> unreadable = new TreeMap<>();
        Set<Key> setAside = new HashSet<>();
        for (Entry entry : entries) {
            revisions.put(entry.key(), entry.revision());
            if (entry.value().equals(JournalRecord.SET_ASIDE)) {
                continue;
            }
            JournalRecord record;
            try {
                record = record(deployment, entry);
            } catch (InvalidValueException e) {
                setAside.add(entry.key());
                unreadable.put(entry.key().toString(), String.valueOf(e.getMessage()));
                continue;
            }
            accept(ledger, record);
            halfMoved.remove(record.id());
            record.movedFrom().filter(from -> ledger.owned(from).isPresent()).ifPresent(from -> {
                ledger.accept(new JournalEntry.Gone(from));
                halfMoved.add(from);
            });
        }
        tell(deployment, unreadable);
        return new Kept(ledger, revisions, halfMoved, setAside);
    }

    /** One line, however many they are: garbage comes in quantities. */
    private static void tell(DeploymentName deployment, SortedMap<String, String> unreadable) {
        if (!unreadable.isEmpty()) {
            String some = unreadable.entrySet().stream()
                    .limit(SHOWN)
                    .map(one -> "'%s' (%s)".formatted(one.getKey(), shown(one.getValue())))
                    .collect(Collectors.joining(", "));
            LOG.log(
                    Level.WARNING,
                    "Unreadable entries in the journal of deployment ''{1}'': {0}, mesh, bucket {2}, {3}{4}\n  → they count as not"
                            + " there: the next apply empties these keys, adopts what it finds of what is declared, and"
                            + " leaves alone what is not",
                    unreadable.size(),
                    deployment,
                    MeshJournals.JOURNALS,
                    some,
                    unreadable.size() > SHOWN ? " and others" : "");
        }
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
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

    /** What the journal says last of a resource; empty when that is nothing that can be read. */
    static Optional<JournalRecord> readable(DeploymentName deployment, Entry entry) {
        if (entry.value().equals(JournalRecord.SET_ASIDE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(record(deployment, entry));
        } catch (InvalidValueException e) {
            tell(deployment, new TreeMap<>(Map.of(entry.key().toString(), String.valueOf(e.getMessage()))));
            return Optional.empty();
        }
    }

    private static JournalRecord record(DeploymentName deployment, Entry entry) {
        JournalRecord.newerForm(entry.value()).ifPresent(form -> {
            throw new JournalException(new Cause(
                    "an entry in the journal of deployment '%s' is written in form %d; form %s is the newest known here"
                            .formatted(deployment, form, JournalRecord.FORM),
                    "mesh, bucket %s, key %s".formatted(MeshJournals.JOURNALS, entry.key()),
                    "upgrade Harmony here to the version that wrote it"));
        });
        JournalRecord record = JournalRecord.read(entry.value());
        if (!Keys.of(deployment, record.id()).equals(entry.key())) {
            throw new InvalidValueException("it says of itself that it is about " + record.id());
        }
        return record;
    }
}
