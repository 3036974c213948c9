package org.example.cameras;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;

/** What a camera must not show, as somebody's window. */
public record Mask(ResourceName name, String area) implements NodeResource {
    @Override
    public ResourceId id() {
        return new ResourceId(KindName.of("camera-mask"), name);
    }

    @Override
    public Mask named(ResourceName other) {
        return new Mask(other, area);
    }
}
