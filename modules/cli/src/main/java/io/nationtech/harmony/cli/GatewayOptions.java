package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The other regions of a mesh: clusters of their own, each of which passes on what is kept in another. */
final class GatewayOptions {
    private static final int PORT = 7222;

    @Option(
            names = "--gateway",
            paramLabel = "<region=host[:port],...>",
            converter = ReadRegion.class,
            description = "another region, by its --cluster-name, and its servers, where they listen for others (port"
                    + " 7222); again for each")
    private List<Region> regions = List.of();

    @Option(
            names = "--gateway-listen",
            paramLabel = "<ip:port>",
            defaultValue = "0.0.0.0:7222",
            converter = MeshServerCommand.ReadListen.class,
            description = "where it listens for servers of other regions (default: ${DEFAULT-VALUE})")
    private String listen = "";

    /** Another cluster. */
    record Region(String name, List<ClusterOptions.Place> servers) {
        private String configuration() {
            return "{ name: \"%s\", urls: [%s] }".formatted(name, ClusterOptions.Place.urls(servers));
        }
    }

    /**
     * As nats-server reads it; nothing where there is one region.
     *
     * @param addresses at which others reach this server
     * @throws InvalidValueException when these options do not fit together, or to the others
     */
    String configuration(ClusterOptions cluster, List<String> addresses) {
        if (regions.isEmpty()) {
            return "";
        }
        requireRegions(cluster);
        return """
            gateway {
              name: "%s"
              listen: "%s"
              advertise: "%s"
              reject_unknown_cluster: true
              tls { cert_file: "server.pem", key_file: "server.pem", ca_file: "mesh-ca.crt", verify: true, timeout: 5 }
              gateways: [%s]
            }
            """.formatted(
                        cluster.name(),
                        listen,
                        new ClusterOptions.Place(addresses.getFirst(), MeshServerCommand.port(listen)).authority(),
                        regions.stream().map(Region::configuration).collect(Collectors.joining(", ")));
    }

    private void requireRegions(ClusterOptions cluster) {
        if (!cluster.isCluster()) {
            throw new InvalidValueException("regions are clusters: add --name and --routes, or leave out --gateway");
        }
        List<String> names = regions.stream().map(Region::name).toList();
        if (names.contains(cluster.name())) {
            throw new InvalidValueException(
                    "--gateway names '%s', which is this server's own region; give each its --cluster-name"
                            .formatted(cluster.name()));
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new InvalidValueException("--gateway names a region twice: " + String.join(", ", names));
        }
    }

    /** Reads a region. */
    static final class ReadRegion implements ITypeConverter<Region> {
        @Override
        public Region convert(String text) {
            int equal = text.indexOf('=');
            if (equal < 0) {
                throw new TypeConversionException(
                        "'%s' is no region; write name=host or name=host:port,host:port".formatted(text));
            }
            return new Region(
                    new ClusterOptions.ReadName().convert(text.substring(0, equal)),
                    Stream.of(text.substring(equal + 1).split(",", -1))
                            .map(place -> ClusterOptions.ReadPlace.read(place, PORT))
                            .toList());
        }
    }
}
