package io.nationtech.harmony.domain;

import java.util.List;

/** What a score comes down to. */
public sealed interface Expansion {

    /**
     * These tasks run, each on some node.
     *
     * @param tasks with workloads of the deployment and the score, each of them once
     */
    record Runs(List<Task> tasks) implements Expansion {
        public Runs {
            tasks = List.copyOf(tasks);
        }
    }

    /** It cannot be had, on whatever nodes. */
    record Impossible(Cause cause) implements Expansion {}
}
