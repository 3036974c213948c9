package io.nationtech.harmony.rules;

import java.util.stream.Stream;

/** A zone ends in {@code local}, whose names machines never ask a DNS server for. */
record ZoneOfMulticastDns() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.zones().stream()
                .filter(zone -> zone.zone().value().equals("local")
                        || zone.zone().value().endsWith(".local"))
                .map(zone -> Finding.of(
                        "zone '%s' ends in 'local', which machines look up among their neighbours and not here (RFC 6762 §3); end it in 'home.arpa' or 'internal'"
                                .formatted(zone.zone()),
                        zone.zone()));
    }
}
