package io.nationtech.harmony.installer;

import io.nationtech.harmony.seed.Mesh;
import io.nationtech.harmony.seed.MeshServer;
import io.nationtech.harmony.seed.Network;
import io.nationtech.harmony.seed.NodeSettings;
import io.nationtech.harmony.seed.Seed;
import io.nationtech.harmony.seed.Wifi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a seed says, as the credentials by which a node's services are told it (systemd.system-credentials(7)); contents may be secret. */
final class NodeCredentials {
    private static final String PLAIN_SSID = "[A-Za-z0-9 _-]+";

    private final Map<String, String> contents = new TreeMap<>();

    private NodeCredentials() {}

    /** Each by its name. */
    static Map<String, String> of(Seed seed) {
        NodeCredentials credentials = new NodeCredentials();
        credentials.put(seed.node());
        seed.mesh().ifPresent(credentials::put);
        seed.wifi().ifPresent(credentials::put);
        credentials.put(seed.network(), seed.wifi().isPresent() ? "wlan" : "ether");
        return credentials.contents;
    }

    private void put(NodeSettings node) {
        put("harmony.node", node.name());
        put("harmony.site", node.site());
        put("harmony.failure-domain", node.failureDomain());
        node.registries().ifPresent(registries -> contents.put("harmony.registries", registries.toml()));
    }

    private void put(String name, Optional<?> value) {
        value.ifPresent(some -> contents.put(name, some.toString()));
    }

    private void put(Mesh mesh) {
        contents.put(
                "harmony.mesh",
                mesh.servers().stream().map(MeshServer::toString).collect(Collectors.joining(",")));
        mesh.authority().ifPresent(authority -> contents.put("harmony.mesh-ca", authority.pem()));
        mesh.login().ifPresent(login -> contents.put("harmony.mesh-login", login.creds()));
    }

    /** Read by systemd-network-generator; it goes before the image's own, which has a higher number. */
    private void put(Network network, String type) {
        boolean isUsual = network.equals(new Network.Automatic(List.of())) && type.equals("ether");
        if (isUsual) {
            return;
        }
        StringBuilder text = new StringBuilder("[Match]\nType=%s\nKind=!*\n\n[Network]\n".formatted(type));
        switch (network) {
            case Network.Automatic _ -> text.append("DHCP=yes\n");
            case Network.Fixed fixed -> {
                text.append("Address=%s\n".formatted(fixed.address()));
                fixed.gateway().ifPresent(gateway -> text.append("Gateway=%s\n".formatted(gateway)));
            }
        }
        network.dns().forEach(server -> text.append("DNS=%s\n".formatted(server)));
        text.append("MulticastDNS=yes\nLinkLocalAddressing=ipv6\n");
        contents.put("network.network.50-seed", text.toString());
    }

    /**
     * What iwd knows of a network is a file that is called as the network (iwd.network(5)), so no rule of the image can name it: systemd-tmpfiles is
     * given one (tmpfiles.d(5), {@code ~} takes base64).
     */
    private void put(Wifi wifi) {
        String profile =
                "[Security]\nPassphrase=%s\n".formatted(wifi.passphrase().replace("\\", "\\\\"));
        contents.put(
                "tmpfiles.extra",
                "d /var/lib/iwd 0700 root root -\nf+~ \"/var/lib/iwd/%s.psk\" 0600 root root - %s\n"
                        .formatted(
                                fileName(wifi.ssid()),
                                Base64.getEncoder().encodeToString(profile.getBytes(StandardCharsets.UTF_8))));
    }

    private static String fileName(String ssid) {
        return ssid.matches(PLAIN_SSID) ? ssid : "=" + HexFormat.of().formatHex(ssid.getBytes(StandardCharsets.UTF_8));
    }
}
