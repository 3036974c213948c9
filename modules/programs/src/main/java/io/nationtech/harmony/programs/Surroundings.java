package io.nationtech.harmony.programs;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * In what a program runs.
 *
 * @param folder its working directory; that of this process where none is named
 * @param environment beside that of this process
 * @param offspring what becomes of what it started, when it is killed
 */
public record Surroundings(Optional<Path> folder, Map<String, String> environment, Offspring offspring) {
    /** As this process has them, but for what is this process's alone. */
    static final Surroundings OURS = new Surroundings(Optional.empty(), Map.of(), new Offspring.DiesWithIt());

    /**
     * What systemd tells a service of itself (systemd.exec(5), sd_notify(3), sd_listen_fds(3)). A child could claim to be the service by it, podman
     * hands it on to containers, and what is in the folder of credentials is not for children to know.
     */
    private static final List<String> PRIVATE = List.of(
            "NOTIFY_SOCKET",
            "WATCHDOG_PID",
            "WATCHDOG_USEC",
            "LISTEN_FDS",
            "LISTEN_FDNAMES",
            "LISTEN_PID",
            "LISTEN_PIDFDID",
            "FDSTORE",
            "CREDENTIALS_DIRECTORY",
            "INVOCATION_ID",
            "JOURNAL_STREAM",
            "MAINPID",
            "MANAGERPID",
            "MANAGERPIDFDID",
            "SYSTEMD_EXEC_PID",
            "MEMORY_PRESSURE_WATCH",
            "MEMORY_PRESSURE_WRITE",
            Mark.VARIABLE);

    private static final Map<String, String> SPEECH =
            Map.of("LC_ALL", "C.UTF-8", "SYSTEMD_COLORS", "0", "SYSTEMD_PAGER", "");

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    Surroundings in(Path other) {
        return new Surroundings(Optional.of(other), environment, offspring);
    }

    Surroundings with(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        return new Surroundings(folder, all, offspring);
    }

    Surroundings with(Offspring other) {
        return new Surroundings(folder, environment, other);
    }

    void prepare(ProcessBuilder builder) {
        folder.ifPresent(path -> builder.directory(path.toFile()));
        clean(builder.environment());
        builder.environment().putAll(environment);
        if (offspring instanceof Offspring.MarkedSo(Mark mark)) {
            builder.environment().put(Mark.VARIABLE, mark.value());
        }
    }

    static void clean(Map<String, String> environment) {
        environment.keySet().removeAll(PRIVATE);
        environment.putAll(SPEECH);
    }
}
