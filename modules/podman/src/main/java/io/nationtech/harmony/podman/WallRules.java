package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.form.Sha256;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What containers may reach, as a table of nftables: nft(8). Pure. All bridges of a node's networks have names that begin alike, so that the rules
 * hold for networks that come and go, and nothing is to be told when one does.
 *
 * @param owner before the names of a node's networks, as in {@code harmony-}
 * @param taken the ports of the node that deployments publish
 * @param mesh where servers of the mesh are
 */
record WallRules(String owner, Set<NodePort> taken, Set<InetSocketAddress> mesh) {
    /** Before the bridges of all nodes whose agents are on this machine. */
    private static final String ANYONES = "hy";

    /** In front of netavark's and everybody's usual chains; what these drop stays dropped. */
    private static final int EARLIER = 10;

    private static final int NODE_DIGITS = 5;
    /** As many as the kernel's names of interfaces have room for: 15 bytes in all. */
    private static final int NETWORK_DIGITS = 7;

    WallRules {
        taken = Set.copyOf(taken);
        mesh = Set.copyOf(mesh);
    }

    /** The interface of a network's bridge. */
    static String bridge(String owner, String network) {
        return bridges(owner) + Sha256.hex(network).substring(0, NETWORK_DIGITS);
    }

    private static String bridges(String owner) {
        return ANYONES + Sha256.hex(owner).substring(0, NODE_DIGITS) + "-";
    }

    /** The table's name, as in {@code harmony}. */
    static String table(String owner) {
        return owner.substring(0, owner.length() - 1);
    }

    /**
     * The whole table, in the place of the one that may be there, at once. What a deployment publishes by podman was led to its container before it
     * comes here, and is known by that; what programs of deployments listen at in the node's own network, by its port; and haproxy's addresses for
     * endpoints, by what listens just there and not at all addresses.
     *
     * @param isOwn whether an address is this machine's: a server of the mesh there is at all of its addresses
     */
    String text(Predicate<InetAddress> isOwn) {
        Set<InetSocketAddress> elsewhere =
                mesh.stream().filter(server -> !isOwn.test(server.getAddress())).collect(Collectors.toSet());
        return """
                # Written by the Harmony agent, which loads it again when it is changed: what containers may reach.
                table inet %1$s
                delete table inet %1$s
                table inet %1$s {
                    set taken {
                        type inet_proto . inet_service
                %4$s    }
                    set mesh-here {
                        type inet_service
                %5$s    }
                    set mesh-4 {
                        type ipv4_addr . inet_service
                %6$s    }
                    set mesh-6 {
                        type ipv6_addr . inet_service
                %7$s    }
                    chain input {
                        type filter hook input priority filter - %8$d; policy accept;
                        iifname "%2$s*" jump to-node
                    }
                    chain forward {
                        type filter hook forward priority filter - %8$d; policy accept;
                        ct state established,related accept
                        iifname "%2$s*" jump outward
                        oifname "%2$s*" ct status dnat accept
                        oifname "%2$s*" reject with icmpx admin-prohibited
                    }
                    chain to-node {
                        ct state established,related accept
                        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit } accept
                        tcp dport @mesh-here reject with icmpx admin-prohibited
                        meta l4proto tcp ip daddr 198.18.0.0/15 socket wildcard 0 accept
                        meta l4proto { tcp, udp } th dport 53 accept
                        meta l4proto . th dport @taken accept
                        reject with icmpx admin-prohibited
                    }
                    chain outward {
                        # Within its own network, where the kernel shows that here (br_netfilter); what is for many it passes on to no other.
                        fib daddr . iif oif exists accept
                        meta pkttype { broadcast, multicast } accept
                        ct original ip daddr 127.0.0.0/8 reject with icmpx admin-prohibited
                        meta l4proto tcp ct status dnat ct original proto-dst @mesh-here reject with icmpx admin-prohibited
                        meta l4proto tcp ct original ip daddr . ct original proto-dst @mesh-4 reject with icmpx admin-prohibited
                        meta l4proto tcp ct original ip6 daddr . ct original proto-dst @mesh-6 reject with icmpx admin-prohibited
                        ct status dnat accept
                        oifname "%3$s*" reject with icmpx admin-prohibited
                        oifname "podman*" reject with icmpx admin-prohibited
                    }
                }
                """.formatted(
                        table(owner),
                        bridges(owner),
                        ANYONES,
                        elements(taken.stream()
                                .sorted()
                                .map(port -> "%s . %s"
                                        .formatted(port.protocol().name().toLowerCase(Locale.ROOT), port.port()))),
                        elements(mesh.stream()
                                .filter(server -> isOwn.test(server.getAddress()))
                                .map(server -> Port.of(server.getPort()))
                                .distinct()
                                .sorted()
                                .map(Port::toString)),
                        elements(servers(elsewhere, address -> address instanceof Inet4Address)),
                        elements(servers(elsewhere, address -> !(address instanceof Inet4Address))),
                        EARLIER);
    }

    private static Stream<String> servers(Collection<InetSocketAddress> all, Predicate<InetAddress> isOfFamily) {
        return all.stream()
                .filter(server -> isOfFamily.test(server.getAddress()))
                .map(server -> "%s . %d"
                        .formatted(server.getAddress().getHostAddress().replaceFirst("%.*", ""), server.getPort()))
                .sorted(Comparator.naturalOrder());
    }

    private static String elements(Stream<String> all) {
        String joined = all.collect(Collectors.joining(", "));
        return joined.isEmpty() ? "" : "        elements = { %s }\n".formatted(joined);
    }
}
