package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;

/**
 * What a node is to be told in a rollout, and what it gets back when the rollout does.
 *
 * @param after nothing if, and only if, what the deployment has there is removed
 */
public record KeptChange(PlannedChange planned, List<NodeResource> before, List<NodeResource> after) {
    public KeptChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
        if (after.isEmpty() != (planned.kind() == PlannedChange.Kind.REMOVES)) {
            throw new InvalidValueException("node '%s' is to have %d resources by a change that %s"
                    .formatted(planned.node(), after.size(), planned.kind()));
        }
    }
}
