package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.endpoint.Endpoint;
import java.util.List;
import java.util.SortedMap;

/**
 * The configuration of haproxy for the ways to services of other deployments (its version 3.0 or newer). Pure. All that stands in it is of types that have
 * no blank, quote or line end.
 */
record EndpointConfig(ProxyProcess process, SortedMap<Endpoint, List<EndpointReplica>> replicas) {

    /**
     * The whole of it. A connection may be silent for a day, as brokers and databases have such; what is at its ends is asked after 20 s whether it is
     * there. A replica counts as away after two questions without an answer (1 s once the first has none), and its connections end.
     */
    String text() {
        StringBuilder text = new StringBuilder(
                """
                # Written by the node's agent; what is changed here is overwritten.
                global
                %1$s    stats socket %2$s mode 600 level admin
                    log stderr format short daemon notice
                    maxconn 4000
                    hard-stop-after 24h
                    mworker-max-reloads 20

                defaults
                    mode tcp
                    log global
                    balance leastconn
                    option redispatch 1
                    option splice-auto
                    option clitcpka
                    option srvtcpka
                    clitcpka-idle 20s
                    clitcpka-intvl 10s
                    clitcpka-cnt 3
                    srvtcpka-idle 20s
                    srvtcpka-intvl 10s
                    srvtcpka-cnt 3
                    retries 5
                    timeout connect 2s
                    timeout check 2s
                    timeout queue 10s
                    timeout client 24h
                    timeout server 24h
                    timeout client-fin 30s
                    timeout server-fin 30s
                """.formatted(process.identity(), process.worker().path()));
        replicas.forEach((endpoint, at) -> text.append(way(endpoint, at)));
        return text.toString();
    }

    private static String way(Endpoint endpoint, List<EndpointReplica> at) {
        StringBuilder text =
                new StringBuilder("""

                listen %s
                    bind %s
                """.formatted(endpoint, endpoint.at().withPort(endpoint.port())));
        at.forEach(replica -> text.append(
                "    server %s:%s %s check inter 2s fastinter 500ms downinter 500ms fall 2 rise 1 on-marked-down shutdown-sessions%n"
                        .formatted(
                                replica.node(),
                                replica.port(),
                                replica.address().withPort(replica.port()))));
        return text.toString();
    }
}
