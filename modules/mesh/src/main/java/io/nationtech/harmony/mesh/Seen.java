package io.nationtech.harmony.mesh;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How far a reading came.
 *
 * @param asOf when, by the mesh's clock: comparable with {@link Entry#written}, whatever the reader's clock says
 * @param revisions the newest of every key that was seen, by the key's text: those of deleted keys too, and of what was left out
 */
public record Seen(Instant asOf, NavigableMap<String, Long> revisions) {
    public Seen {
        revisions = Collections.unmodifiableNavigableMap(new TreeMap<>(revisions));
    }

    /** The condition that what matches the pattern is still as it was read here; the pattern lies within what was read. */
    public UnlessChanged unlessChanged(KeyPattern pattern) {
        String start = pattern.literal();
        long newest = revisions.tailMap(start).entrySet().stream()
                .takeWhile(seen -> seen.getKey().startsWith(start))
                .filter(seen -> pattern.matches(Tokens.split(seen.getKey())))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
        return new UnlessChanged(pattern, newest);
    }
}
