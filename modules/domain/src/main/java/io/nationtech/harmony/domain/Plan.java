package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;

/** What would change to make a deployment true, ordered by node. */
public record Plan(DeploymentName deployment, List<NodeChange> changes) {
    public Plan {
        changes = List.copyOf(changes);
    }

    /** Whether the world is as desired already. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }
}
