package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.value.KindName;

/** The kind of {@link Container}. */
public final class ContainerKind implements ResourceKind<Container> {
    static final KindName NAME = KindName.of("container");

    /** For {@link java.util.ServiceLoader}. */
    public ContainerKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<Container> type() {
        return Container.class;
    }

    @Override
    public Class<? extends Capability> needs() {
        return ContainerRuntime.class;
    }
}
