package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.Cause;
import java.util.List;

/** What a node answers. */
public sealed interface BackupAnswer {

    /**
     * What there is.
     *
     * @param snapshots the newest first, 1,000 at most; those that other nodes made are among them
     */
    record Listed(List<SavedState> data, List<Snapshot> snapshots) implements BackupAnswer {
        /** As many fit in one message. */
        public static final int MOST = 1000;

        public Listed {
            data = List.copyOf(data);
            snapshots = List.copyOf(snapshots);
        }
    }

    /** The node is at it, or will be soon; it goes on also when nobody asks any more. */
    record Begun(WorkId work) implements BackupAnswer {}

    /** It is not over. */
    record Working(String words) implements BackupAnswer {}

    /** It came to its end. */
    record Done(String words) implements BackupAnswer {}

    /** It cannot be done, or failed. */
    record Refused(Cause cause) implements BackupAnswer {}
}
