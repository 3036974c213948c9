package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Outcome;

/** What a deploy tells while it goes on; called by several threads. */
public interface DeployProgress {

    /** The plan is made and will be applied. */
    void planned(FleetPlan plan);

    /** A node is told, and now waited for. */
    void applying(ShareChange change);

    /** A node followed, or not. */
    void applied(ShareChange change, Outcome outcome);

    /** All nodes have what they should; the smoke tests begin. */
    void testing(int smokeTests);

    /** Tells nobody. */
    static DeployProgress silent() {
        return new DeployProgress() {
            @Override
            public void planned(FleetPlan plan) {}

            @Override
            public void applying(ShareChange change) {}

            @Override
            public void applied(ShareChange change, Outcome outcome) {}

            @Override
            public void testing(int smokeTests) {}
        };
    }
}
