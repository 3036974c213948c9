package io.nationtech.harmony.podman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this machine's kernel says of itself and of processes, read from /proc and /sys without starting anything. */
final class Host {
    /**
     * A limit of processes.
     *
     * @param podmans what podman gives a container when it is told nothing; that fails where the agent itself may have less
     * @param own finds the agent's own hard limit in /proc/self/limits
     */
    private record Limit(String name, long podmans, Pattern own) {
        Limit(String name, long podmans, String title) {
            this(name, podmans, Pattern.compile("^" + title + "\\s+\\S+\\s+(\\d+)", Pattern.MULTILINE));
        }

        Stream<String> flag(String limits) {
            Matcher hard = own.matcher(limits);
            long most = hard.find() ? Math.min(podmans, Long.parseLong(hard.group(1))) : podmans;
            return Stream.of("--ulimit", name + "=" + most + ":" + most);
        }
    }

    private static final List<Limit> LIMITS =
            List.of(new Limit("nofile", 1_048_576, "Max open files"), new Limit("nproc", 4_194_304, "Max processes"));

    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
    private static final Pattern DEAD = Pattern.compile("^State:\\s+[ZX]", Pattern.MULTILINE);

    private Host() {}

    /**
     * What podman needs to be told on this machine. Ulimits: a process without CAP_SYS_RESOURCE, as in most containers, cannot
     * raise its hard limits, so podman's defaults are cut to ours. Runtime: crun cannot set up cgroup v1; runc can.
     */
    static List<String> flags() {
        Stream<String> limits = limits(read(Path.of("/proc/self/limits")));
        Stream<String> runtime = Files.exists(CONTROL_GROUPS.resolve("cgroup.controllers"))
                ? Stream.of()
                : Stream.of("--runtime", "runc");
        return Stream.concat(runtime, limits).toList();
    }

    /** Whether the kernel's control groups of this machine can share processors out. */
    static boolean sharesCpu() {
        return sharesCpu(CONTROL_GROUPS);
    }

    /** As {@link #sharesCpu()}, with the folder where control groups are mounted: version 1 has a folder for each controller. */
    static boolean sharesCpu(Path groups) {
        return Files.exists(groups.resolve("cpu/cpu.shares"))
                || List.of(read(groups.resolve("cgroup.controllers")).strip().split(" "))
                        .contains("cpu");
    }

    /** The ulimit flags that go with the text of /proc/self/limits. */
    static Stream<String> limits(String own) {
        return LIMITS.stream().flatMap(limit -> limit.flag(own));
    }

    /**
     * Whether a process lives and belongs to a container. Podman marks the control group with the container's id, so a number
     * that the kernel has given to another process since is not taken for it; and a dead process keeps its number until
     * somebody asks how it ended, which in a container may be never. Where podman is set up to make no control groups, all
     * that can be told is that it sees another file system than we do.
     */
    static boolean isProcessOf(long pid, String containerId) {
        Path process = Path.of("/proc", Long.toString(pid));
        String groups = read(process.resolve("cgroup"));
        if (groups.isEmpty() || DEAD.matcher(read(process.resolve("status"))).find()) {
            return false;
        }
        return groups.contains(containerId) || (!groups.contains("/libpod") && isElsewhere(process));
    }

    /** Whether two processes have one network; also while one of them is just ending, and it cannot be told. */
    static boolean isOneNetwork(long one, long other) {
        try {
            return Files.readSymbolicLink(network(one)).equals(Files.readSymbolicLink(network(other)));
        } catch (IOException e) {
            return true;
        }
    }

    private static Path network(long pid) {
        return Path.of("/proc", Long.toString(pid), "ns/net");
    }

    private static boolean isElsewhere(Path process) {
        try {
            Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
            return !own.equals(Files.readSymbolicLink(process.resolve("ns/mnt")));
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
