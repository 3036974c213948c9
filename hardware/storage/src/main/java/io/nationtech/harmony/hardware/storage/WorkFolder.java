package io.nationtech.harmony.hardware.storage;

import io.nationtech.harmony.domain.hardware.DiskSpace;
import io.nationtech.harmony.domain.hardware.WorkSpace;
import io.nationtech.harmony.hardware.source.Look;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where containers are kept, and the file system that it is on.
 *
 * @param disk the disk that it is on; empty where it is on none
 * @param usable its free bytes; empty where nobody knows
 * @param space the file system, also one that is on no disk, as that of a container
 * @param mounted the device numbers of all mounted file systems
 */
record WorkFolder(Optional<String> disk, Optional<Long> usable, Optional<WorkSpace> space, Set<String> mounted) {
    /** Where podman keeps containers; before the first one is there, what is above. */
    private static final List<String> FOLDERS = List.of("var/lib/containers", "var/lib", "var", "");

    private static final String MOUNTS = "proc/self/mountinfo";
    private static final int MOST_BYTES = 1 << 20;
    private static final int DEEPEST = 8;

    static WorkFolder find(Look look) {
        List<Mount> mounts = Mount.parse(look.text(MOUNTS, MOST_BYTES).orElse(""));
        String folder = FOLDERS.stream().filter(look::exists).findFirst().orElse("");
        Optional<String> disk = Mount.of(mounts, "/" + folder)
                .flatMap(mount -> deviceName(look, mount))
                .flatMap(name -> disk(look, name, 0));
        Optional<Long> usable = look.usable(folder);
        return new WorkFolder(
                disk,
                usable,
                usable.flatMap(free -> space(look, folder, free)),
                mounts.stream().map(Mount::device).collect(Collectors.toSet()));
    }

    private static Optional<WorkSpace> space(Look look, String folder, long free) {
        return look.size(folder)
                .flatMap(size -> look.value(
                        folder, () -> new WorkSpace(DiskSpace.ofBytes(size), DiskSpace.ofBytes(Math.min(free, size)))));
    }

    long usableOn(String name) {
        return disk.equals(Optional.of(name)) ? usable.orElse(0L) : 0;
    }

    boolean mounts(String device) {
        return mounted.contains(device);
    }

    /** Some file systems, as btrfs, have numbers of no device; then their source names it. */
    private static Optional<String> deviceName(Look look, Mount mount) {
        return look.target("sys/dev/block/" + mount.device())
                .or(() -> Optional.of(mount.source())
                        .filter(source -> source.startsWith("/dev/"))
                        .map(source -> source.substring(source.lastIndexOf('/') + 1)));
    }

    /** Of a partition, its disk; of a mapping or an array, that of its first part. */
    private static Optional<String> disk(Look look, String name, int depth) {
        List<String> parts = look.names("sys/block/" + name + "/slaves");
        if (!parts.isEmpty() && depth < DEEPEST) {
            return disk(look, parts.getFirst(), depth + 1);
        }
        if (look.exists("sys/block/" + name)) {
            return Optional.of(name);
        }
        return look.names("sys/block").stream()
                .filter(disk -> look.exists("sys/block/" + disk + "/" + name))
                .findFirst();
    }

    /** A line of proc_pid_mountinfo(5). */
    record Mount(String device, String point, String source) {
        private static final int FIELDS_BEFORE_OPTIONAL = 6;

        static List<Mount> parse(String text) {
            return text.lines().flatMap(line -> parseLine(line).stream()).toList();
        }

        private static Stream<Mount> stream(String[] before, String[] after) {
            return before.length < FIELDS_BEFORE_OPTIONAL || after.length < 2
                    ? Stream.empty()
                    : Stream.of(new Mount(before[2], before[4].replace("\\040", " "), after[1]));
        }

        private static List<Mount> parseLine(String line) {
            String[] halves = line.split(" - ", 2);
            return halves.length < 2
                    ? List.of()
                    : stream(halves[0].split(" "), halves[1].split(" ")).toList();
        }

        /** What a path lies in: the longest mount point above it, the last where several lie over each other. */
        static Optional<Mount> of(List<Mount> mounts, String path) {
            return mounts.stream()
                    .filter(mount -> mount.covers(path))
                    .reduce((one, other) ->
                            other.point().length() >= one.point().length() ? other : one);
        }

        private boolean covers(String path) {
            return point.equals("/") || path.equals(point) || path.startsWith(point + "/");
        }
    }
}
