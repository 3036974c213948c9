package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DhcpSubnet;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.stream.Stream;

/** A name is said to be at an address that a DHCP server of the same deployment gives to whoever asks. */
record FixedAddressInRange() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.subnets().stream()
                .flatMap(subnet -> graph.zones().stream()
                        .flatMap(zone -> zone.records().stream())
                        .filter(record -> record instanceof DnsRecord.Address(DnsName _, IpAddress address)
                                && subnet.range().contains(address))
                        .map(record -> told((DnsRecord.Address) record, subnet)));
    }

    private static Finding told(DnsRecord.Address record, DhcpSubnet subnet) {
        return Finding.of(
                "'%s' is said to be at %s, which DHCP subnet '%s' gives to whoever asks (%s); keep it for the machine by a static lease outside the range"
                        .formatted(record.name(), record.address(), subnet.name(), subnet.range()),
                record.name(),
                subnet.name());
    }
}
