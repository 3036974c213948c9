package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.score.StaticLease;
import java.util.stream.Stream;

/** One machine has static leases in two subnets, though it has one interface of that hardware address. */
record AddressGivenTwice() implements Rule {
    private record Kept(DhcpSubnet subnet, StaticLease lease) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        return Twice.among(
                graph.subnets().stream()
                        .flatMap(subnet -> subnet.leases().stream().map(lease -> new Kept(subnet, lease))),
                kept -> kept.lease().machine(),
                (one, other) -> Finding.of(
                        "machine %s is kept %s by '%s' and %s by '%s'; it has one address"
                                .formatted(
                                        one.lease().machine(),
                                        one.lease().address(),
                                        one.subnet().name(),
                                        other.lease().address(),
                                        other.subnet().name()),
                        one.lease().address(),
                        other.lease().address()));
    }
}
