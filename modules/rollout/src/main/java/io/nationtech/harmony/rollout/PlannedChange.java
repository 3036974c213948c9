package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.value.FailureDomain;
import io.nationtech.harmony.domain.value.NodeId;

/** That a node is to be changed. */
public record PlannedChange(NodeId node, FailureDomain domain, Kind kind) {

    /** What the change means for what runs there. */
    public enum Kind {
        /** Nothing that runs is touched. */
        ADDS,
        /** Running work is changed. */
        CHANGES,
        /** Nothing of the deployment is wanted there any more. */
        REMOVES
    }
}
