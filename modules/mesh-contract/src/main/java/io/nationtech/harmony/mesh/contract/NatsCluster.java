package io.nationtech.harmony.mesh.contract;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three real nats-servers of one cluster on the loopback address, each with a store of its own. Clients hear of the others only what they are told. */
public final class NatsCluster implements AutoCloseable {
    private static final int SERVERS = 3;
    private static final int WELL = 200;
    private static final int PATIENCE_MILLIS = 1_000;

    private final List<NatsServer> servers;
    private final List<Integer> monitors;

    private NatsCluster(List<NatsServer> servers, List<Integer> monitors) {
        this.servers = List.copyOf(servers);
        this.monitors = List.copyOf(monitors);
    }

    /** Starts them, everybody being of one account, and waits until they keep data together. */
    public static NatsCluster start(String program) {
        List<Integer> routes = ports();
        List<Integer> monitors = ports();
        NatsCluster cluster = new NatsCluster(
                IntStream.range(0, SERVERS)
                        .mapToObj(
                                i -> NatsServer.start(program, NatsServer.ACCOUNT + member(i, routes, monitors.get(i))))
                        .toList(),
                monitors);
        cluster.awaitWhole();
        return cluster;
    }

    private static List<Integer> ports() {
        return Stream.generate(() -> FreePort.at(InetAddress.getLoopbackAddress()))
                .limit(SERVERS)
                .toList();
    }

    private static String member(int self, List<Integer> routes, int monitor) {
        return """
                server_name: "server-%d"
                http: "127.0.0.1:%d"
                cluster {
                  name: "hub", listen: "127.0.0.1:%d", no_advertise: true
                  routes: [%s]
                }
                """.formatted(
                        self,
                        monitor,
                        routes.get(self),
                        routes.stream()
                                .filter(port -> !port.equals(routes.get(self)))
                                .map("\"nats://127.0.0.1:%d\""::formatted)
                                .collect(Collectors.joining(", ")));
    }

    /** The three, whether they run or not. */
    public List<NatsServer> servers() {
        return servers;
    }

    /** Waits until all three are there and have what the others have. */
    public void awaitWhole() {
        monitors.forEach(monitor -> Eventually.holds(
                "the server with monitor %d has all, logs in %s"
                        .formatted(
                                monitor,
                                servers.stream().map(NatsServer::folder).toList()),
                () -> isWell(monitor)));
    }

    private static boolean isWell(int monitor) {
        try {
            HttpURLConnection question =
                    (HttpURLConnection) URI.create("http://127.0.0.1:%d/healthz".formatted(monitor))
                            .toURL()
                            .openConnection();
            question.setConnectTimeout(PATIENCE_MILLIS);
            question.setReadTimeout(PATIENCE_MILLIS);
            return question.getResponseCode() == WELL;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        servers.forEach(NatsServer::close);
    }
}
