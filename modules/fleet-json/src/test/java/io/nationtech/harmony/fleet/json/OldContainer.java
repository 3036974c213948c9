package io.nationtech.harmony.fleet.json;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;

/** A container as an older agent knows it: without ports, volumes, probes and secrets. */
public record OldContainer(ContainerName name, ImageReference image, Container.Resources resources)
        implements NodeResource {

    @Override
    public ResourceId id() {
        return new ResourceId(new Kind().name(), ResourceName.of(name.value()));
    }

    @Override
    public OldContainer named(ResourceName other) {
        return new OldContainer(ContainerName.of(other.value()), image, resources);
    }

    /** The kind by which that agent knows it. */
    public static final class Kind implements ResourceKind<OldContainer> {
        /** The kind. */
        public Kind() {}

        @Override
        public KindName name() {
            return KindName.of("container");
        }

        @Override
        public Class<OldContainer> type() {
            return OldContainer.class;
        }

        @Override
        public Class<? extends Capability> needs() {
            return ContainerRuntime.class;
        }
    }
}
