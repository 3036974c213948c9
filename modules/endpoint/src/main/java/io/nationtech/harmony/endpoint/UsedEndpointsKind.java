package io.nationtech.harmony.endpoint;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;
import java.util.Set;

/** The kind of {@link UsedEndpoints}. */
public final class UsedEndpointsKind implements ResourceKind<UsedEndpoints> {
    static final KindName NAME = KindName.of("endpoints");

    /** For {@link java.util.ServiceLoader}. */
    public UsedEndpointsKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<UsedEndpoints> type() {
        return UsedEndpoints.class;
    }

    @Override
    public Class<? extends Capability> needs() {
        return ServiceDiscovery.class;
    }

    @Override
    public Set<KindName> before() {
        return Set.of(KindName.of("container"));
    }
}
