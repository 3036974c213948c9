package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;

/** What a deploy tells while it goes on; called by several threads. */
public interface DeployProgress {

    /** The plan is made and will be applied. */
    void planned(DeploymentName deployment, List<NodeChange> changes);

    /** A node is told, and now waited for. */
    void applying(NodeChange change);

    /** A node followed, or not. */
    void applied(NodeChange change, Outcome outcome);

    /** All nodes have what they should; the smoke tests begin. */
    void testing(int smokeTests);

    /** Tells nobody. */
    static DeployProgress silent() {
        return new DeployProgress() {
            @Override
            public void planned(DeploymentName deployment, List<NodeChange> changes) {}

            @Override
            public void applying(NodeChange change) {}

            @Override
            public void applied(NodeChange change, Outcome outcome) {}

            @Override
            public void testing(int smokeTests) {}
        };
    }
}
