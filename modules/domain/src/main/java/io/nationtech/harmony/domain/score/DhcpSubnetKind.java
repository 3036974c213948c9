package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.capability.DhcpServer;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.value.KindName;

/** The kind of {@link DhcpSubnet}. */
public final class DhcpSubnetKind implements ResourceKind<DhcpSubnet> {
    static final KindName NAME = KindName.of("dhcp-subnet");

    /** For {@link java.util.ServiceLoader}. */
    public DhcpSubnetKind() {}

    @Override
    public KindName name() {
        return NAME;
    }

    @Override
    public Class<DhcpSubnet> type() {
        return DhcpSubnet.class;
    }

    @Override
    public Class<DhcpServer> needs() {
        return DhcpServer.class;
    }
}
