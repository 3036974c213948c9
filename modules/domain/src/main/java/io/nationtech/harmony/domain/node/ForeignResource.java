package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;

/**
 * A resource of a kind that the program that looks at it does not know, as it has not the module that brings it: it is shown, and can
 * neither be planned nor told to a node.
 */
public record ForeignResource(ResourceId id) implements NodeResource {

    @Override
    public ForeignResource named(ResourceName name) {
        return new ForeignResource(new ResourceId(id.kind(), name));
    }
}
