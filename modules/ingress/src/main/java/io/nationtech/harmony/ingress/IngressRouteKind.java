package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;

/** The kind of {@link IngressRoute}. */
public final class IngressRouteKind implements ResourceKind<IngressRoute> {
    static final KindName NAME = KindName.of("ingress-route");

    /** For {@link java.util.ServiceLoader}. */
    public IngressRouteKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<IngressRoute> type() {
        return IngressRoute.class;
    }

    @Override
    public Class<? extends Capability> needs() {
        return TlsRouter.class;
    }
}
