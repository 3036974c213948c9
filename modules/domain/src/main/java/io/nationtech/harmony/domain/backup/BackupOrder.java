package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What is asked. Of data that is named, a node takes what is its own; it must be some. */
public sealed interface BackupOrder {

    /** Which data is saved, and which snapshots there are. */
    record Overview() implements BackupOrder {}

    /** Saves data now. */
    record Run(Set<ResourceId> data) implements BackupOrder {
        public Run {
            data = Set.copyOf(data);
        }
    }

    /**
     * Puts data in the place of what is there, with its service stopped meanwhile.
     *
     * @param snapshot which one; without it, the newest
     * @param latest only snapshots up to then count
     */
    record Restore(Set<ResourceId> data, Optional<SnapshotId> snapshot, Optional<Instant> latest)
            implements BackupOrder {
        public Restore {
            data = Set.copyOf(data);
        }
    }

    /** Reads back what the store has, and whether it is what was saved. */
    record Verify(Set<ResourceId> data) implements BackupOrder {
        public Verify {
            data = Set.copyOf(data);
        }
    }

    /** How far a work is. */
    record Progress(WorkId work) implements BackupOrder {}
}
