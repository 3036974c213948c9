package io.nationtech.harmony.podman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this machine's kernel says of itself and of processes, read from /proc and /sys without starting anything. */
final class Host {
    /** What podman gives a container when it is told nothing; it fails where the agent itself may not have as much. */
    private static final Map<String, Long> PODMANS_LIMITS = Map.of("nofile", 1_048_576L, "nproc", 4_194_304L);

    private static final Map<String, Pattern> OWN_LIMITS = Map.of(
            "nofile", Pattern.compile("^Max open files\\s+\\S+\\s+(\\d+)", Pattern.MULTILINE),
            "nproc", Pattern.compile("^Max processes\\s+\\S+\\s+(\\d+)", Pattern.MULTILINE));

    private static final Pattern DEAD = Pattern.compile("^State:\\s+[ZX]", Pattern.MULTILINE);

    private Host() {}

    /**
     * What podman needs to be told on this machine. Ulimits: a process without CAP_SYS_RESOURCE, as in most containers, cannot
     * raise its hard limits, so podman's defaults are cut to ours. Runtime: crun cannot set up cgroup v1; runc can.
     */
    static List<String> flags() {
        Stream<String> limits = limits(read(Path.of("/proc/self/limits")));
        Stream<String> runtime = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))
                ? Stream.of()
                : Stream.of("--runtime", "runc");
        return Stream.concat(runtime, limits).toList();
    }

    /** The ulimit flags that go with the text of /proc/self/limits. */
    static Stream<String> limits(String own) {
        return PODMANS_LIMITS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(limit -> {
                    long most = OWN_LIMITS
                            .get(limit.getKey())
                            .matcher(own)
                            .results()
                            .map(result -> hard(result, limit.getValue()))
                            .findFirst()
                            .orElse(limit.getValue());
                    return Stream.of("--ulimit", String.format(Locale.ROOT, "%s=%d:%d", limit.getKey(), most, most));
                });
    }

    private static long hard(MatchResult result, long podmans) {
        return Math.min(podmans, Long.parseLong(result.group(1)));
    }

    /**
     * Whether a process lives and belongs to a container. Podman marks the control group with the container's id, so a number
     * that the kernel has given to another process since is not taken for it; and a dead process keeps its number until
     * somebody asks how it ended, which in a container may be never.
     */
    static boolean isProcessOf(long pid, String containerId) {
        Path process = Path.of("/proc", Long.toString(pid));
        return read(process.resolve("cgroup")).contains(containerId)
                && !DEAD.matcher(read(process.resolve("status"))).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
