package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.capability.LoadBalancer;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;

/** The kind of {@link ForwardedPort}. */
public final class ForwardedPortKind implements ResourceKind<ForwardedPort> {
    static final KindName NAME = KindName.of("forwarded-port");

    /** For {@link java.util.ServiceLoader}. */
    public ForwardedPortKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<ForwardedPort> type() {
        return ForwardedPort.class;
    }

    @Override
    public Class<LoadBalancer> needs() {
        return LoadBalancer.class;
    }
}
