package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.value.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells whether a container is as declared: a hash of all that needs a new container when it changes. The probe is not in it;
 * asking differently needs no restart. Written out field by field, so that renaming in the code restarts nothing.
 */
record Fingerprint(String value) {
    private static final int LENGTH = 16;

    /**
     * @param deviceFiles that the container uses; without one, the hash is what it was before there were devices
     * @param mounts likewise
     */
    static Fingerprint of(
            Container container, Optional<IpAddress> publishAt, List<String> deviceFiles, List<String> mounts) {
        String ports = container.network().ports().stream()
                .map(port -> port.node() + ":" + port.container())
                .collect(Collectors.joining(","));
        List<String> fields = new ArrayList<>(List.of(
                "2",
                container.image().toString(),
                ports,
                publishAt.map(IpAddress::toString).orElse(""),
                Long.toString(container.resources().memoryLimit().bytes()),
                Integer.toString(container.resources().reserved().cpu().millis())));
        // Only where there are any, so that what was made before there could be is not made again.
        container.security().secrets().stream()
                .map(secret -> "secret %s %d".formatted(secret.ref().name(), secret.version()))
                .sorted()
                .forEach(fields::add);
        container.storage().volumes().stream()
                .map(volume -> "volume %s %s".formatted(volume.name(), volume.at()))
                .sorted()
                .forEach(fields::add);
        if (!deviceFiles.isEmpty()) {
            fields.add("devices " + String.join(",", deviceFiles));
        }
        mounts.stream().map(mount -> "mount " + mount).forEach(fields::add);
        String text = String.join("\n", fields);
        return new Fingerprint(HexFormat.of().formatHex(sha256(text)).substring(0, LENGTH));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
