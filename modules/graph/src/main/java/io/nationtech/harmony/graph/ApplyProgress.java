package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Outcome;

/** What an apply tells while it goes on; called by several threads. */
public interface ApplyProgress {

    /** Work on a resource begins. */
    void began(Step step);

    /** Work on a resource ended; also told of what was never begun, as something before it failed. */
    void ended(Step step, Outcome outcome);

    /** Tells nobody. */
    static ApplyProgress silent() {
        return new ApplyProgress() {
            @Override
            public void began(Step step) {}

            @Override
            public void ended(Step step, Outcome outcome) {}
        };
    }
}
