package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
import java.util.Set;

/** What a person agreed to lose. */
public sealed interface Consent {

    /** Nothing that holds data may be deleted or replaced. */
    record Nothing() implements Consent {}

    /** These may. */
    record These(Set<ResourceId> ids) implements Consent {
        public These {
            ids = Set.copyOf(ids);
        }
    }

    /** Whether a resource that holds data may be deleted or replaced. */
    default boolean covers(ResourceId id) {
        return switch (this) {
            case Nothing() -> false;
            case These(Set<ResourceId> ids) -> ids.contains(id);
        };
    }
}
