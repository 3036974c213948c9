package io.nationtech.harmony.mesh;

import java.time.Instant;
import java.util.List;

/**
 * Entries as read.
 *
 * @param asOf when, by the mesh's clock: comparable with {@link Entry#written}, whatever the reader's clock says
 */
public record Snapshot(Instant asOf, List<Entry> entries) {
    public Snapshot {
        entries = List.copyOf(entries);
    }
}
