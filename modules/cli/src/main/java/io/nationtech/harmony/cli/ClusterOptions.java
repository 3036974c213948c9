package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** With which other servers one is a cluster that keeps everything together. */
final class ClusterOptions {
    static final int PORT = 6222;
    /** Of others. Of an even number no more may be away than of one less. */
    private static final Set<Integer> OTHERS = Set.of(2, 4, 6);

    @Option(
            names = "--name",
            paramLabel = "<name>",
            converter = ReadName.class,
            description = "its own name in a cluster, which no other server has")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--routes",
            paramLabel = "<host[:port]>",
            split = ",",
            converter = ReadPlace.class,
            description = "the other servers of its cluster, 2, 4 or 6, where they listen for each other (port 6222)")
    private List<Place> routes = List.of();

    @Option(
            names = "--cluster-name",
            paramLabel = "<name>",
            defaultValue = "hub",
            converter = ReadName.class,
            description = "the name of its cluster, the same for all its servers (default: ${DEFAULT-VALUE})")
    private String cluster = "";

    @Option(
            names = "--cluster-listen",
            paramLabel = "<ip:port>",
            defaultValue = "0.0.0.0:6222",
            converter = MeshServerCommand.ReadListen.class,
            description = "where it listens for the other servers (default: ${DEFAULT-VALUE})")
    private String listen = "";

    /** A host as certificates have it, and a port. */
    record Place(String host, int port) {
        String authority() {
            return "%s:%d".formatted(host.contains(":") ? "[%s]".formatted(host) : host, port);
        }

        /** A list of these as nats-server reads it, without its brackets. */
        static String urls(List<Place> places) {
            return places.stream()
                    .map(place -> "\"tls://%s\"".formatted(place.authority()))
                    .collect(Collectors.joining(", "));
        }
    }

    /** Of the cluster. */
    String name() {
        return cluster;
    }

    boolean isCluster() {
        return !routes.isEmpty();
    }

    /** The hosts of the others. */
    List<String> others() {
        return routes.stream().map(Place::host).toList();
    }

    int size() {
        return routes.size() + 1;
    }

    /**
     * As nats-server reads it; only the name, or nothing, where there is no cluster.
     *
     * @param addresses at which others reach this server
     * @param port at which clients do
     * @throws InvalidValueException when these options do not fit together
     */
    String configuration(List<String> addresses, int port) {
        if (!isCluster()) {
            return name.map("server_name: \"%s\"\n"::formatted).orElse("");
        }
        String own = name.orElseThrow(() -> new InvalidValueException(
                "a server of a cluster has a name that no other has: add --name, as in --name hub-1"));
        requireOthers(addresses);
        return """
            server_name: "%s"
            # What the servers tell clients of each other: as certificates have it.
            client_advertise: "%s"
            # Servers know each other by certificates of the mesh's authority, in both directions.
            cluster {
              name: "%s"
              listen: "%s"
              advertise: "%s"
              routes: [%s]
              ping_interval: "5s"
              tls { cert_file: "server.pem", key_file: "server.pem", ca_file: "mesh-ca.crt", verify: true, timeout: 5 }
            }
            """.formatted(
                        own,
                        new Place(addresses.getFirst(), port).authority(),
                        cluster,
                        listen,
                        new Place(addresses.getFirst(), ownPort()).authority(),
                        Place.urls(routes));
    }

    private int ownPort() {
        return MeshServerCommand.port(listen);
    }

    private void requireOthers(List<String> addresses) {
        for (Place route : routes) {
            if (addresses.contains(route.host()) && route.port() == ownPort()) {
                throw new InvalidValueException(
                        "%s is this server itself; --routes names the others alone".formatted(route.authority()));
            }
        }
        if (new HashSet<>(routes).size() < routes.size()) {
            throw new InvalidValueException("--routes names a server twice: %s"
                    .formatted(routes.stream().map(Place::authority).collect(Collectors.joining(", "))));
        }
        if (!OTHERS.contains(routes.size())) {
            throw new InvalidValueException(
                    "a cluster of %d servers is none that Harmony makes: more than half of them must be there, so take 3, 5 or 7; --routes names the 2, 4 or 6 others"
                            .formatted(size()));
        }
    }

    /** Reads a name, as NATS takes it for servers, clusters and domains. */
    static final class ReadName implements ITypeConverter<String> {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");

        @Override
        public String convert(String text) {
            if (NAME.matcher(text).matches()) {
                return text;
            }
            throw new TypeConversionException(
                    "'%s' is no name of a server; use 1 to 63 letters, digits, - and _".formatted(text));
        }
    }

    /** Reads a host with or without a port. */
    static final class ReadPlace implements ITypeConverter<Place> {
        private static final Pattern BRACKETED = Pattern.compile("\\[([^]]*)](?::([0-9]{1,5}))?");
        private static final Pattern PLAIN = Pattern.compile("([^:]*)(?::([0-9]{1,5}))?");
        private static final int MOST = 65_535;

        @Override
        public Place convert(String text) {
            return read(text, PORT);
        }

        /** @param usual the port where none is named */
        static Place read(String text, int usual) {
            var read = (text.startsWith("[") ? BRACKETED : PLAIN).matcher(text);
            if (!read.matches()) {
                throw new TypeConversionException(
                        "'%s' is no server; write host or host:port, an IPv6 address in brackets".formatted(text));
            }
            int port = read.group(2) == null ? usual : Integer.parseInt(read.group(2));
            if (port < 1 || port > MOST) {
                throw new TypeConversionException("'%s': a port is 1 to %d".formatted(text, MOST));
            }
            return new Place(new MeshServerCommand.ReadHost().convert(read.group(1)), port);
        }
    }
}
