package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;

/** The part of {@link KeptChanges} that can be read without knowing what nodes are told. */
public record PlannedChanges(DeploymentName deployment, List<One> changes) {
    /** One node's change. */
    public record One(PlannedChange planned) {}

    public PlannedChanges {
        changes = List.copyOf(changes);
    }
}
