package io.nationtech.harmony.podman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The groups to which device files belong, such as render, video or dialout. A container that was given one is in its group too, or only root in it could
 * open the file.
 */
final class DeviceGroups {
    /** Who is in root's group gets at more than a device. */
    private static final int ROOT = 0;

    private DeviceGroups() {}

    /** The words that put a container into them, in a fixed order. */
    static List<String> words(List<String> deviceFiles) {
        return deviceFiles.stream()
                .map(Path::of)
                .flatMap(DeviceGroups::group)
                .filter(group -> group != ROOT)
                .distinct()
                .sorted()
                .map("--group-add=%d"::formatted)
                .toList();
    }

    /** None of a file that is gone meanwhile, which podman then says. */
    private static Stream<Integer> group(Path file) {
        try {
            return Stream.of((Integer) Files.getAttribute(file, "unix:gid"));
        } catch (IOException e) {
            return Stream.of();
        }
    }
}
