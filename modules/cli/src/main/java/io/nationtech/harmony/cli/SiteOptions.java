package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.nats.identity.ClientName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The server of a site, a leaf of the hub, which goes on by itself while the hub is away; and where a hub listens for those. */
final class SiteOptions {
    static final String LOGIN = "site.creds";
    private static final int PORT = 7422;

    @Option(
            names = "--leaf-listen",
            paramLabel = "<ip:port>",
            converter = MeshServerCommand.ReadListen.class,
            description = "where a server of a cluster listens for the servers of sites, as in 0.0.0.0:7422")
    private Optional<String> listen = Optional.empty();

    @Option(
            names = "--site",
            paramLabel = "<name>",
            converter = MeshLoginCommand.ReadName.class,
            description = "the server of this site, which goes on by itself while the hub is away")
    private Optional<ClientName> site = Optional.empty();

    @Option(
            names = "--hub",
            paramLabel = "<host[:port]>",
            split = ",",
            converter = ReadHub.class,
            description = "where the hub listens for it (port 7422); several with commas")
    private List<ClusterOptions.Place> hub = List.of();

    @Option(
            names = "--nodes",
            paramLabel = "<node>",
            split = ",",
            converter = NodeArgument.ReadId.class,
            description = "the nodes of the site, which connect to this server alone")
    private List<NodeId> nodes = List.of();

    Optional<ClientName> site() {
        return site;
    }

    List<NodeId> nodes() {
        return nodes;
    }

    /**
     * As nats-server reads it, with where it keeps data.
     *
     * @param account in which everything of the mesh is
     * @throws InvalidValueException when these options do not fit together, or to the others
     */
    String configuration(ClusterOptions cluster, List<String> addresses, String account) {
        if (site.isPresent()) {
            return leaf(site.get().value(), cluster, account);
        }
        if (!hub.isEmpty() || !nodes.isEmpty()) {
            throw new InvalidValueException(
                    "--hub and --nodes are of a site's server: add --site, as in --site shop-7");
        }
        return listen.map(where -> hub(where, cluster, addresses))
                .orElse("jetstream { store_dir: \"data\", sync_interval: always }\n");
    }

    private String leaf(String name, ClusterOptions cluster, String account) {
        if (cluster.isCluster() || listen.isPresent()) {
            throw new InvalidValueException(
                    "a site has one server, which is a leaf of the hub; leave out --routes and --leaf-listen");
        }
        if (hub.isEmpty() || nodes.isEmpty()) {
            throw new InvalidValueException(
                    "a site's server knows its hub and its nodes: add --hub and --nodes, as in --hub mesh.example --nodes node-1,node-2");
        }
        return """
            server_name: "%1$s"
            jetstream { store_dir: "data", sync_interval: always, domain: "%1$s" }
            # By the login the hub knows which nodes are here; by its certificate this server knows the hub.
            leafnodes {
              reconnect: "2s"
              remotes: [
                {
                  urls: [%2$s]
                  account: "%3$s"
                  credentials: "%4$s"
                  tls { ca_file: "mesh-ca.crt", timeout: 5 }
                }
              ]
            }
            """.formatted(name, ClusterOptions.Place.urls(hub), account, LOGIN);
    }

    private static String hub(String where, ClusterOptions cluster, List<String> addresses) {
        if (!cluster.isCluster()) {
            throw new InvalidValueException(
                    "sites are leaves of a hub of three servers: add --name and --routes, or leave out --leaf-listen");
        }
        return """
            jetstream { store_dir: "data", sync_interval: always, domain: "hub" }
            leafnodes {
              listen: "%s"
              advertise: "%s"
              tls { cert_file: "server.pem", key_file: "server.pem", timeout: 5 }
            }
            """.formatted(
                where, new ClusterOptions.Place(addresses.getFirst(), MeshServerCommand.port(where)).authority());
    }

    /** Reads where a hub is. */
    static final class ReadHub implements ITypeConverter<ClusterOptions.Place> {
        @Override
        public ClusterOptions.Place convert(String text) {
            return ClusterOptions.ReadPlace.read(text, PORT);
        }
    }
}
