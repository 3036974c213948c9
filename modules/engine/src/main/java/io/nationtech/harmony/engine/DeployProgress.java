package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.NodeChange;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.Plan;

/** What a deploy tells while it goes on; called by several threads. */
public interface DeployProgress {

    /** The plan is made and will be applied. */
    void planned(Plan plan);

    /** A node is told, and now waited for. */
    void applying(NodeChange change);

    /** A node followed, or not. */
    void applied(NodeChange change, Outcome outcome);

    /** All nodes have what they should; the smoke tests begin. */
    void testing(int smokeTests);
}
