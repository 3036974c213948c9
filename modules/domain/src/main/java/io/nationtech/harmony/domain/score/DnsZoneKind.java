package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.capability.DnsServer;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;

/** The kind of {@link DnsZone}. */
public final class DnsZoneKind implements ResourceKind<DnsZone> {
    static final KindName NAME = KindName.of("dns-zone");

    /** For {@link java.util.ServiceLoader}. */
    public DnsZoneKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<DnsZone> type() {
        return DnsZone.class;
    }

    @Override
    public Class<DnsServer> needs() {
        return DnsServer.class;
    }
}
