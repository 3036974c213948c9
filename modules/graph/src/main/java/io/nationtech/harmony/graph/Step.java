package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.Optional;
import java.util.Set;

/**
 * What is planned for one resource.
 *
 * @param physical its name in the world: the one under which it was made, however often it was moved since
 * @param after the resources that come first; for a deletion, those that go first
 * @param movedFrom the name that it had before
 */
public record Step(
        ResourceId id,
        ResourceName physical,
        Durability durability,
        Change change,
        Set<ResourceId> after,
        Optional<ResourceId> movedFrom) {
    public Step {
        after = Set.copyOf(after);
    }

    /** Whether an apply has anything to do. */
    public boolean isNews() {
        return !(change instanceof Change.None) || movedFrom.isPresent();
    }
}
