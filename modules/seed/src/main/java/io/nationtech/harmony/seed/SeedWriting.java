package io.nationtech.harmony.seed;

import io.nationtech.harmony.seed.Key.Section;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a seed as it is read. */
final class SeedWriting {
    private final Map<Key, String> values = new EnumMap<>(Key.class);

    private SeedWriting() {}

    static String text(Seed seed) {
        SeedWriting writing = new SeedWriting();
        writing.put(seed);
        StringBuilder text = new StringBuilder();
        for (Section section : Section.values()) {
            String keys = section.keys()
                    .filter(writing.values::containsKey)
                    .map(key -> "%s = %s\n".formatted(key.word(), writing.values.get(key)))
                    .collect(Collectors.joining());
            // Nothing said of the disk is an order, too.
            if (!keys.isEmpty() || (section == Section.INSTALL && seed.install().isPresent())) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(section)
                        .append('\n')
                        .append(keys);
            }
        }
        return text.toString();
    }

    private void put(Seed seed) {
        put(seed.network());
        seed.wifi().ifPresent(wifi -> {
            values.put(Key.SSID, wifi.ssid());
            values.put(Key.PASSPHRASE, wifi.passphrase());
        });
        seed.mesh().ifPresent(this::put);
        put(seed.node());
        seed.install().ifPresent(this::put);
        seed.installation().ifPresent(this::put);
    }

    private void put(Network network) {
        if (network instanceof Network.Fixed fixed) {
            values.put(Key.ADDRESS, fixed.address().toString());
            put(Key.GATEWAY, fixed.gateway());
        }
        if (!network.dns().isEmpty()) {
            values.put(Key.DNS, listed(network.dns()));
        }
    }

    private void put(Mesh mesh) {
        values.put(Key.SERVERS, listed(mesh.servers()));
        put(Key.CA, mesh.authority().map(Certificates::pem).map(SeedWriting::file));
        put(Key.LOGIN, mesh.login().map(NodeLogin::creds).map(SeedWriting::file));
    }

    private void put(NodeSettings node) {
        put(Key.NAME, node.name());
        put(Key.SITE, node.site());
        put(Key.FAILURE_DOMAIN, node.failureDomain());
        put(Key.REGISTRIES, node.registries().map(Registries::toml).map(SeedWriting::file));
    }

    private void put(Install install) {
        put(Key.DISK, install.path());
        put(Key.MODEL, install.model());
        put(Key.SERIAL, install.serial());
        put(Key.MIN_SIZE, install.sizes().least());
        put(Key.MAX_SIZE, install.sizes().most());
        put(Key.ERASE, install.erase());
    }

    private void put(Installation installation) {
        values.put(Key.ID, installation.id().toString());
        values.put(Key.ONTO, installation.disk());
        put(Key.FINISHED, installation.finished());
    }

    private void put(Key key, Optional<?> value) {
        value.ifPresent(some -> values.put(key, some.toString()));
    }

    private static String listed(List<?> all) {
        return all.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String file(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
