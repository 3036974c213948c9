package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A container and the files of this machine that it uses.
 *
 * @param deviceFiles as in {@code /dev/gpiochip0}
 * @param mounts of files and shares, as podman's and quadlet's volume option want them, in a fixed order
 * @param networks words that tell podman of networks and of the machine's time zone
 */
record ContainerWithDevices(Container container, List<String> deviceFiles, List<String> mounts, List<String> networks) {
    ContainerWithDevices {
        deviceFiles = List.copyOf(deviceFiles);
        mounts = List.copyOf(mounts);
        networks = List.copyOf(networks);
    }

    /** With what the machine adds: its time zone, where that is wanted. */
    static ContainerWithDevices of(
            Container container, List<String> deviceFiles, List<String> mounts, List<String> networks) {
        NodeTimeZone zone = NodeTimeZone.of(container);
        return new ContainerWithDevices(
                container,
                deviceFiles,
                Stream.concat(mounts.stream(), zone.mounts()).toList(),
                Stream.concat(networks.stream(), zone.words()).toList());
    }

    static List<String> mounts(Map<MountedFile, Path> files, List<String> shares) {
        Stream<String> readOnly = files.entrySet().stream()
                .map(file -> "%s:%s:ro".formatted(file.getValue(), file.getKey().at()))
                .sorted();
        return Stream.concat(readOnly, shares.stream()).toList();
    }
}
