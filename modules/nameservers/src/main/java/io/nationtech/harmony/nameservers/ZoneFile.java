package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.score.DnsRecord;
import io.nationtech.harmony.domain.score.DnsRecord.CertificateIssuer.Certificates;
import io.nationtech.harmony.domain.score.DnsZone;
import io.nationtech.harmony.domain.score.DnsZoneKind;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.driver.Owned;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A zone as a file (RFC 1035 §5.1), whose first line says whose it is. Names are whole, so that nothing depends on where a line stands.
 *
 * @param serial grows with each change, so that who copies the zone takes it up (RFC 1982)
 */
record ZoneFile(Owned owned, DnsName zone, Port port, long serial, String text) {
    private static final String TTL = "300";
    /** They move, and whoever keeps their addresses should not for long. */
    private static final String TTL_OF_SERVICES = "5";
    /** How often others look for changes, try again and give up, and for how long nobody asks again for what is not there: in seconds. */
    private static final String TIMES = "3600 600 604800 60";

    private static final int MOST_IN_A_STRING = 255;
    private static final Pattern BEGINNING = Pattern.compile(
            "; (\\S+) (\\S+) at (\\d+)\n(\\S+)\\. %s SOA \\S+ \\S+ (\\d+) .*".formatted(TTL), Pattern.DOTALL);
    private static final int DEPLOYMENT = 1;
    private static final int RESOURCE = 2;
    private static final int PORT = 3;
    private static final int ZONE = 4;
    private static final int SERIAL = 5;

    /**
     * @param found of the deployments that it follows
     */
    static ZoneFile of(Owned owned, DnsZone zone, List<ServiceAddress> found, long serial) {
        List<String> servers = servers(zone);
        String text = Stream.of(
                        Stream.of("; %s %s at %s"
                                .formatted(
                                        owned.deployment(),
                                        owned.resource().name(),
                                        zone.serving().port())),
                        Stream.of(line(
                                zone.zone().value(),
                                "SOA",
                                "%s hostmaster.%s. %d %s".formatted(servers.getFirst(), zone.zone(), serial, TIMES))),
                        servers.stream().map(server -> line(zone.zone().value(), "NS", server)),
                        namesItself(zone)
                                ? Stream.<String>empty()
                                : zone.serving().servers().stream()
                                        .map(server -> address(ownName(zone, server), server.address())),
                        zone.records().stream()
                                .filter(record -> !isOfZoneItself(zone, record))
                                .map(ZoneFile::line),
                        found.stream().map(service -> line(zone, service)))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
        return new ZoneFile(owned, zone.zone(), zone.serving().port(), serial, text);
    }

    /** What a file says; empty when that is nothing that was written here. */
    static Optional<ZoneFile> parse(String text) {
        Matcher beginning = BEGINNING.matcher(text);
        if (!beginning.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ZoneFile(
                    new Owned(
                            DeploymentName.of(beginning.group(DEPLOYMENT)),
                            new ResourceId(new DnsZoneKind().name(), ResourceName.of(beginning.group(RESOURCE)))),
                    DnsName.of(beginning.group(ZONE)),
                    Port.of(Integer.parseInt(beginning.group(PORT))),
                    Long.parseLong(beginning.group(SERIAL)),
                    text));
        } catch (InvalidValueException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How many records it has. */
    long records() {
        return text.lines().count() - 1;
    }

    private static boolean namesItself(DnsZone zone) {
        return zone.records().stream().anyMatch(record -> isOfZoneItself(zone, record));
    }

    private static boolean isOfZoneItself(DnsZone zone, DnsRecord record) {
        return record instanceof DnsRecord.NameServer && record.name().equals(zone.zone());
    }

    /** A zone has one that is asked for it, also before anybody knows its node: a name that leads nowhere (RFC 6761 §6.4). */
    private static List<String> servers(DnsZone zone) {
        List<String> named = zone.records().stream()
                .filter(record -> isOfZoneItself(zone, record))
                .flatMap(record -> record.leadsTo().stream())
                .map("%s."::formatted)
                .toList();
        List<String> own = zone.serving().servers().stream()
                .map(server -> ownName(zone, server) + ".")
                .toList();
        return !named.isEmpty() ? named : !own.isEmpty() ? own : List.of("ns.invalid.");
    }

    private static String ownName(DnsZone zone, ServiceReplica server) {
        return "%s.ns.%s".formatted(server.node(), zone.zone());
    }

    private static String line(DnsRecord record) {
        return switch (record) {
            case DnsRecord.Address(var _, var address) -> address(record.owner(), address);
            case DnsRecord.Wildcard(var _, var address) -> address(record.owner(), address);
            case DnsRecord.Alias(var _, var target) -> line(record.owner(), "CNAME", target + ".");
            case DnsRecord.MailServer(var _, var preference, var server) ->
                line(record.owner(), "MX", "%s %s.".formatted(preference, server));
            case DnsRecord.Service(var _, var _, var preference, var server, var port) ->
                line(record.owner(), "SRV", "%s 0 %s %s.".formatted(preference, port, server));
            case DnsRecord.Text(var _, var _, var said) -> line(record.owner(), "TXT", strings(said.value()));
            case DnsRecord.CertificateIssuer(var _, var certificates, var issuer) ->
                line(
                        record.owner(),
                        "CAA",
                        "0 %s \"%s\""
                                .formatted(
                                        certificates == Certificates.ALL ? "issue" : "issuewild",
                                        issuer.map(DnsName::value).orElse(";")));
            case DnsRecord.NameServer(var _, var server) -> line(record.owner(), "NS", server + ".");
            case DnsRecord.Pointer(var _, var target) -> line(record.owner(), "PTR", target + ".");
        };
    }

    private static String line(DnsZone zone, ServiceAddress found) {
        return "%s.%s. %s %s %s"
                .formatted(
                        found.service(),
                        zone.names(found.deployment()),
                        TTL_OF_SERVICES,
                        type(found.address()),
                        found.address());
    }

    private static String address(String owner, IpAddress address) {
        return line(owner, type(address), address.toString());
    }

    private static String type(IpAddress address) {
        return address.address() instanceof Inet4Address ? "A" : "AAAA";
    }

    private static String line(String owner, String type, String data) {
        return "%s. %s %s %s".formatted(owner, TTL, type, data);
    }

    /** A string has at most 255 bytes; whoever reads a longer text joins several (RFC 7208 §3.3). */
    private static String strings(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder strings = new StringBuilder("\"");
        for (int place = 0; place < bytes.length; place++) {
            if (place > 0 && place % MOST_IN_A_STRING == 0) {
                strings.append("\" \"");
            }
            strings.append(escaped(Byte.toUnsignedInt(bytes[place])));
        }
        return strings.append('"').toString();
    }

    private static String escaped(int octet) {
        boolean plain = octet >= ' ' && octet <= '~' && octet != '"' && octet != '\\';
        return plain ? Character.toString(octet) : "\\%03d".formatted(octet);
    }
}
