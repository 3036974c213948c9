package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;

/** Some of the changes of a deployment's rollout, as they are kept together. */
public record KeptChanges(DeploymentName deployment, List<KeptChange> changes) {
    public KeptChanges {
        changes = List.copyOf(changes);
    }
}
