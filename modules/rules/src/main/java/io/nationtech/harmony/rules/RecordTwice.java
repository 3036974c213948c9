package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two zones speak of one name, or are the same zone: who asks gets one answer or the other. */
record RecordTwice() implements Rule {
    private record Said(DnsZone zone, DnsRecord record) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Stream<Finding> zones = Twice.among(
                graph.zones().stream(),
                DnsZone::zone,
                (one, other) -> Finding.of(
                        "'%s' and '%s' are both zone '%s'; put all records into one"
                                .formatted(one.name(), other.name(), one.zone()),
                        one.name(),
                        other.name()));
        Stream<Finding> records = Twice.among(
                graph.zones().stream()
                        .flatMap(zone -> zone.records().stream()
                                .filter(record -> !(record instanceof DnsRecord.NameServer))
                                .map(record -> new Said(zone, record))
                                .collect(Collectors.toMap(
                                        said -> said.record().name(), said -> said, (first, _) -> first))
                                .values()
                                .stream()),
                said -> said.record().name(),
                (one, other) -> Finding.of(
                        "'%s' and '%s' both have records of '%s'; keep those of one"
                                .formatted(
                                        one.zone().name(),
                                        other.zone().name(),
                                        one.record().name()),
                        one.zone().name(),
                        other.zone().name()));
        return Stream.concat(zones, records);
    }
}
