package io.nationtech.harmony.domain;

import java.util.List;

/** What a score comes down to. */
public sealed interface Expansion {

    /**
     * These pieces run, each on some node.
     *
     * @param pieces with workloads of the deployment and the score, each of them once
     */
    record Runs(List<Task> pieces) implements Expansion {
        public Runs {
            pieces = List.copyOf(pieces);
        }
    }

    /** It cannot be had, on whatever nodes. */
    record Impossible(Cause cause) implements Expansion {}
}
