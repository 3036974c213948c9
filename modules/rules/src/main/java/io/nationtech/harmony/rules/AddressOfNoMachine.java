package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.stream.Stream;

/** A name is said to be at an address that no other machine can be reached at. */
record AddressOfNoMachine() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.zones().stream()
                .flatMap(zone -> zone.records().stream()
                        .filter(record -> record instanceof DnsRecord.Address(DnsName _, IpAddress address)
                                && !address.isOfMachines())
                        .map(DnsRecord.Address.class::cast)
                        .map(record -> Finding.of(
                                "'%s' is said to be at %s, which is whoever asks, nobody or a group; name the machine's own address, or @Allow it"
                                        .formatted(record.name(), record.address()),
                                record.name(),
                                record.address())));
    }
}
