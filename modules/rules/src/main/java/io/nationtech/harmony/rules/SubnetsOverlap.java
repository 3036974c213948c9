package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Two DHCP subnets have addresses in common. */
record SubnetsOverlap() implements Rule {
    private static final Comparator<DhcpSubnet> BY_NETWORK = Comparator.<DhcpSubnet, IpAddress>comparing(
                    subnet -> subnet.subnet().network())
            .thenComparingInt(subnet -> subnet.subnet().prefixLength());

    /** Blocks are nested or apart: in order, one that overlaps any before it overlaps the widest that is still open. */
    @Override
    public Stream<Finding> findings(Graph graph) {
        List<Finding> found = new ArrayList<>();
        List<DhcpSubnet> sorted = graph.subnets().stream().sorted(BY_NETWORK).toList();
        for (int next = 1, open = 0; next < sorted.size(); next++) {
            DhcpSubnet wide = sorted.get(open);
            DhcpSubnet subnet = sorted.get(next);
            if (wide.subnet().overlaps(subnet.subnet())) {
                found.add(Finding.of(
                        "DHCP subnets '%s' (%s) and '%s' (%s) overlap; both would give out the same addresses"
                                .formatted(wide.name(), wide.subnet(), subnet.name(), subnet.subnet()),
                        wide.name(),
                        subnet.name()));
            } else {
                open = next;
            }
        }
        return found.stream();
    }
}
