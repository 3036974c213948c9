package io.nationtech.harmony.podman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The text, and whether nft takes it. */
class WallRulesTest {
    private static final IpAddress OWN = IpAddress.of("192.0.2.7");

    @Test
    void serversOfTheMeshAreClosedByAddressOrWhereTheyAreOnThisNodeByPort() {
        String text = text(
                "harmony-",
                Set.of(NodePort.tcp(Port.of(443)), NodePort.udp(Port.of(5353))),
                "192.0.2.7 4222",
                "192.0.2.8 4222",
                "192.0.2.8 4223",
                "2001:db8::8 4222");

        assertTakenByNft(text);
        assertEquals(
                List.of(
                        "elements = { tcp . 443, udp . 5353 }",
                        "elements = { 4222 }",
                        "elements = { 192.0.2.8 . 4222, 192.0.2.8 . 4223 }",
                        "elements = { 2001:db8:0:0:0:0:0:8 . 4222 }"),
                text.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("elements"))
                        .toList());
    }

    @Test
    void aNodeOfWhichNothingIsKnownYetIsClosed() {
        String text = text("harmony-node-1.", Set.of());

        assertTakenByNft(text);
        assertTrue(!text.contains("elements"), text);
        assertTrue(text.contains("table inet harmony-node-1 {"), text);
    }

    /** Interfaces have names of 15 bytes at most: IFNAMSIZ, netdevice(7). */
    @Test
    void eachNetworkHasABridgeOfItsOwnThatIsKnownForItsNodes() {
        String bridge = WallRules.bridge("harmony-", "harmony-shop");

        assertEquals(15, bridge.length());
        assertNotEquals(bridge, WallRules.bridge("harmony-", "harmony-shop_web"));
        assertTrue(text("harmony-", Set.of()).contains("iifname \"%s*\"".formatted(bridge.substring(0, 8))));
        assertTrue(!text("harmony-other.", Set.of()).contains("iifname \"%s*\"".formatted(bridge.substring(0, 8))));
    }

    private static String text(String owner, Set<NodePort> taken, String... mesh) {
        Set<InetSocketAddress> servers = Set.copyOf(List.of(mesh).stream()
                .map(server -> server.split(" "))
                .map(words -> new InetSocketAddress(IpAddress.of(words[0]).address(), Integer.parseInt(words[1])))
                .toList());
        return new WallRules(owner, taken, servers).text(OWN.address()::equals);
    }

    private static void assertTakenByNft(String text) {
        Finished checked = Programs.here()
                .run(
                        Duration.ofSeconds(30),
                        text.getBytes(StandardCharsets.UTF_8),
                        List.of("nft", "--check", "--file", "-"));
        assertEquals(new Finished(0, "", ""), checked, text);
    }
}
