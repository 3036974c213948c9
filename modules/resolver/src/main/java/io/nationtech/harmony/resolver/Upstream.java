package io.nationtech.harmony.resolver;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import java.util.List;

/** Whom a resolver asks for what nobody here answers for. */
public sealed interface Upstream {
    /** By itself, from the root on. */
    Upstream DEFAULT = new Recursion();

    /** The most servers that are asked. */
    int MOST_SERVERS = 16;

    /** Those who answer for the names, from the root on. */
    record Recursion() implements Upstream {}

    /** Other resolvers, at port 53 and without encryption: whoever is between reads and changes what is not signed. */
    record Forwarding(List<IpAddress> servers) implements Upstream {
        public Forwarding {
            servers = List.copyOf(servers);
            requireSome(servers);
        }
    }

    /** Other resolvers by TLS, at port 853 (RFC 7858), whose certificates are looked at. */
    record ForwardingOverTls(List<TlsServer> servers) implements Upstream {
        public ForwardingOverTls {
            servers = List.copyOf(servers);
            requireSome(servers);
        }
    }

    /**
     * A resolver that speaks TLS.
     *
     * @param name which its certificate has
     */
    record TlsServer(IpAddress address, DnsName name) {}

    private static void requireSome(List<?> servers) {
        if (servers.isEmpty() || servers.size() > MOST_SERVERS) {
            throw new InvalidValueException(
                    "%d resolvers to forward to are outside 1..%d".formatted(servers.size(), MOST_SERVERS));
        }
    }
}
