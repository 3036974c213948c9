package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A node that somebody works on or is about to; it takes no new work until they say that they are done.
 *
 * @param since by the clock of whoever said so, in whole seconds
 */
public record Maintenance(NodeId node, Extent extent, Instant since, Author by) {

    /** What becomes of the work that is there. */
    public enum Extent {
        /** It stays. */
        CORDONED,
        /** What may move, moves away. */
        DRAINED
    }

    public Maintenance {
        since = since.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public String toString() {
        return "in maintenance since %s, by %s".formatted(since, by);
    }
}
