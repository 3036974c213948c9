package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network for each member and each server, and a wire from there to this process's own, through which they reach each other and where packets
 * are lost on the way. It is of this process alone, with which all of it vanishes.
 */
final class ChaosNetwork {
    static final int PORT = 4_222;

    /** Of this process, where those that are slow are passed on; one port for each server. */
    private static final InetAddress HERE = InetAddress.ofLiteral("10.77.0.254");

    private static final int FIRST_RELAY = 5_000;

    /**
     * mute: what they say is lost; deaf: what is said to them. slow: their new connections are passed on by the relay, those that there are get
     * a reset.
     */
    private static final String RULES = """
            table inet chaos {
                set mute { type ipv4_addr; }
                set deaf { type ipv4_addr; }
                set lossy { type ipv4_addr; }
                set slow { type ipv4_addr; }
                chain arriving {
                    type filter hook input priority 0;
                    ip saddr @mute drop
                    ip saddr @lossy numgen random mod 100 < 20 drop
                }
                chain passing {
                    type filter hook forward priority 0;
                    ip saddr @mute drop
                    ip daddr @deaf drop
                    ip saddr @lossy numgen random mod 100 < 20 drop
                    ip daddr @lossy numgen random mod 100 < 20 drop
                    ip saddr @slow tcp dport %d reject with tcp reset
                }
                chain leaving {
                    type filter hook output priority 0;
                    ip daddr @deaf drop
                    ip daddr @lossy numgen random mod 100 < 20 drop
                }
                chain turning {
                    type nat hook prerouting priority -100;
            %s
                }
            }
            """.formatted(
                    PORT,
                    ChaosMember.SERVERS.stream()
                            .map(server -> "        ip saddr @slow ip daddr %s tcp dport %d dnat ip to %s:%d"
                                    .formatted(
                                            ChaosMember.address(server),
                                            PORT,
                                            HERE.getHostAddress(),
                                            relay(server).getPort()))
                            .collect(Collectors.joining("\n")));

    private ChaosNetwork() {}

    /** Where somebody is passed on to a server. */
    static InetSocketAddress relay(String server) {
        return new InetSocketAddress(HERE, FIRST_RELAY + ChaosMember.SERVERS.indexOf(server));
    }

    static InetSocketAddress of(String server) {
        return new InetSocketAddress(ChaosMember.address(server).address(), PORT);
    }

    static ChaosNetwork create() throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
        String here = HERE.getHostAddress();
        ChaosTool.run("ip", "address", "add", here + "/32", "dev", "lo");
        for (String member : Stream.concat(ChaosMember.SERVERS.stream(), ChaosMember.ALL.stream())
                .toList()) {
            IpAddress own = ChaosMember.address(member);
            ChaosTool.run("ip", "netns", "add", member);
            ChaosTool.given("""
                    link add w-%1$s type veth peer name wire netns %1$s
                    link set w-%1$s up
                    route add %2$s/32 dev w-%1$s src %3$s
                    """.formatted(member, own, here), "ip", "-batch", "-");
            ChaosTool.given("""
                    link set lo up
                    address add %1$s/32 dev wire
                    link set wire up
                    route add %2$s/32 dev wire
                    route add default via %2$s dev wire src %1$s
                    """.formatted(own, here), "ip", "-n", member, "-batch", "-");
        }
        ChaosTool.given(RULES, "nft", "-f", "-");
        return new ChaosNetwork();
    }

    /** A command that runs in the network of a member, as the process that is started. */
    static List<String> in(String member, List<String> command) {
        return Stream.concat(Stream.of("nsenter", "--net=/run/netns/" + member), command.stream())
                .toList();
    }

    void begin(Fault.Cut cut) {
        sets(cut.way()).forEach(set -> change("add", set, cut.members()));
    }

    void heal(Fault.Cut cut) {
        sets(cut.way()).forEach(set -> change("delete", set, cut.members()));
    }

    private static Stream<String> sets(Fault.Way way) {
        return switch (way) {
            case BOTH -> Stream.of("mute", "deaf");
            case OUT -> Stream.of("mute");
            case IN -> Stream.of("deaf");
        };
    }

    void begin(Fault.Loss loss) {
        change("add", "lossy", loss.members());
    }

    void heal(Fault.Loss loss) {
        change("delete", "lossy", loss.members());
    }

    /** From now on whoever connects is passed on by the relay. */
    void turn(String member) {
        change("add", "slow", List.of(member));
    }

    void turnBack(String member) {
        change("delete", "slow", List.of(member));
    }

    private static void change(String how, String set, List<String> members) {
        String addresses = members.stream()
                .map(member -> ChaosMember.address(member).toString())
                .collect(Collectors.joining(", "));
        ChaosTool.run("nft", "%s element inet chaos %s { %s }".formatted(how, set, addresses));
    }
}
