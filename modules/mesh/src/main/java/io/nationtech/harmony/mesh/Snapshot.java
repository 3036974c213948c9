package io.nationtech.harmony.mesh;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

/** Entries as read, and how far the reading came. */
public record Snapshot(Seen seen, List<Entry> entries) {
    public Snapshot {
        entries = List.copyOf(entries);
    }

    /** When, by the mesh's clock: comparable with {@link Entry#written}, whatever the reader's clock says. */
    public Instant asOf() {
        return seen.asOf();
    }

    /** The newest of every key that was seen, by the key's text: those of deleted keys too, and of what was left out. */
    public NavigableMap<String, Long> revisions() {
        return seen.revisions();
    }

    /** The condition that what matches the pattern is still as it was read here; the pattern lies within what was read. */
    public UnlessChanged unlessChanged(KeyPattern pattern) {
        return seen.unlessChanged(pattern);
    }
}
