package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A container with what its machine gives it.
 *
 * @param deviceFiles as in {@code /dev/gpiochip0}
 * @param mounts of files and shares, as podman's and quadlet's volume option want them, in a fixed order
 * @param words that tell podman of networks and of the machine's time zone
 */
record EquippedContainer(Container container, List<String> deviceFiles, List<String> mounts, List<String> words) {
    EquippedContainer {
        deviceFiles = List.copyOf(deviceFiles);
        mounts = List.copyOf(mounts);
        words = List.copyOf(words);
    }

    /** With nothing. */
    static EquippedContainer bare(Container container) {
        return new EquippedContainer(container, List.of(), List.of(), List.of());
    }

    /** With what the machine adds: its time zone, where that is wanted. */
    static EquippedContainer of(
            Container container, List<String> deviceFiles, List<String> mounts, List<String> networks) {
        NodeTimeZone zone = NodeTimeZone.of(container);
        return new EquippedContainer(
                container,
                deviceFiles,
                Stream.concat(mounts.stream(), zone.mounts().stream()).toList(),
                Stream.concat(networks.stream(), zone.words().stream()).toList());
    }

    static List<String> mounts(Map<MountedFile, Path> files, List<String> shares) {
        Stream<String> readOnly = files.entrySet().stream()
                .map(file -> "%s:%s:ro".formatted(file.getValue(), file.getKey().at()))
                .sorted();
        return Stream.concat(readOnly, shares.stream()).toList();
    }
}
