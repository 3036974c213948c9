package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.Set;

/** What a journal keeps of an apply, in the order in which it happened. */
public sealed interface JournalEntry {

    ResourceId id();

    /**
     * From here on the resource may be there, and is owned.
     *
     * @param physical its name in the world
     * @param after the resources that it is made of; they are deleted after it
     */
    record Began(ResourceId id, ResourceName physical, Set<ResourceId> after) implements JournalEntry {
        public Began {
            after = Set.copyOf(after);
        }
    }

    /** The resource is there as declared. */
    record Done(ResourceId id) implements JournalEntry {}

    /** The resource is gone, and owned no longer. */
    record Gone(ResourceId id) implements JournalEntry {}

    /** The resource is owned under another name from here on. */
    record Moved(ResourceId from, ResourceId id) implements JournalEntry {}
}
