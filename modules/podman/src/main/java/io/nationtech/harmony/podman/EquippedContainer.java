package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Storage;
import io.nationtech.harmony.domain.node.HostPath;
import io.nationtech.harmony.domain.node.MountedData;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.ShareAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A container with what its machine gives it.
 *
 * @param deviceFiles as in {@code /dev/gpiochip0}
 * @param mounts of files and shares, as podman's and quadlet's volume option want them, in a fixed order
 * @param words that tell podman of networks, of the machine's time zone and of its devices' groups
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

    /** With what the machine adds: folders of its own, its time zone and the groups of its devices, where these are wanted. */
    static EquippedContainer of(
            Container container, List<String> deviceFiles, List<String> mounts, List<String> networks) {
        NodeTimeZone zone = NodeTimeZone.of(container);
        return new EquippedContainer(
                container,
                deviceFiles,
                Stream.of(
                                mounts.stream(),
                                container.storage().hostPaths().stream().map(EquippedContainer::mount),
                                zone.mounts().stream())
                        .flatMap(all -> all)
                        .toList(),
                Stream.of(networks.stream(), zone.words().stream(), DeviceGroups.words(deviceFiles).stream())
                        .flatMap(all -> all)
                        .toList());
    }

    /** Where a container finds a file: what a volume is to begin with, is put there by {@link StartScript}. */
    static String insideOf(Storage storage, MountedFile file) {
        int seed = storage.seeds().indexOf(file);
        return seed < 0 ? file.at().value() : "/.harmony/seeds/" + seed;
    }

    /** What the node mounts later in a folder is seen too, where the kernel lets it: mount_namespaces(7). */
    private static String mount(HostPath path) {
        return "%s:%s:%s,rslave".formatted(path.path(), path.at(), option(path.access()));
    }

    /** As in podman's and quadlet's volume option. */
    static String option(ShareAccess access) {
        return switch (access) {
            case READ_ONLY -> "ro";
            case READ_WRITE -> "rw";
        };
    }

    static List<String> mounts(Container container, Map<MountedFile, Path> files, List<String> shares) {
        Stream<String> found = files.entrySet().stream()
                .map(file -> "%s:%s:%s"
                        .formatted(
                                file.getValue(),
                                insideOf(container.storage(), file.getKey()),
                                option(access(container.storage(), file.getKey()))))
                .sorted();
        return Stream.concat(found, shares.stream()).toList();
    }

    /** Files are only read. */
    private static ShareAccess access(Storage storage, MountedFile file) {
        return storage.borrowed().stream()
                .filter(data -> data.file().equals(file))
                .map(MountedData::access)
                .findFirst()
                .orElse(ShareAccess.READ_ONLY);
    }
}
