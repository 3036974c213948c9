package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;

/** The kind of {@link Resolver}. */
public final class ResolverKind implements ResourceKind<Resolver> {
    static final KindName NAME = KindName.of("dns-resolver");

    /** For {@link java.util.ServiceLoader}. */
    public ResolverKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<Resolver> type() {
        return Resolver.class;
    }

    @Override
    public Class<DnsResolver> needs() {
        return DnsResolver.class;
    }
}
