package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.value.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The questions and orders to podman that both runtimes share. By its command line, not by its REST socket: that needs a service
 * that is always there and an HTTP client over a Unix socket, and people on site can type what stands here.
 */
record Podman(Programs programs, String where) {
    /** For what podman does without the network: it took 0.05 to 0.3 s when measured; boards with slow cards take longer. */
    static final Duration LOCAL = Duration.ofMinutes(2);

    /** For what ends containers. */
    static final Duration ENDING = LOCAL.plus(Stop.LONGEST);

    Finished run(String... words) {
        return run(List.of(words));
    }

    Finished run(List<String> words) {
        return run(LOCAL, words);
    }

    Finished run(Duration deadline, String... words) {
        return run(deadline, List.of(words));
    }

    Finished run(Duration deadline, List<String> words) {
        return programs.run(
                deadline, Stream.concat(Stream.of("podman"), words.stream()).toList());
    }

    /** The exit code of a program that is run in a container. */
    int execute(String container, Arguments command, Duration timeout) {
        return run(
                        timeout,
                        Stream.concat(Stream.of("exec", container), command.words().stream())
                                .toList())
                .status();
    }

    /** The words that run a program in a container, with the standard streams of whoever runs them. */
    static List<String> command(String container, Arguments program, Map<String, String> environment) {
        return Stream.of(
                        Stream.of("podman", "exec", "--interactive"),
                        environment.entrySet().stream()
                                .map(entry -> "--env=%s=%s".formatted(entry.getKey(), entry.getValue())),
                        Stream.of(container),
                        program.words().stream())
                .flatMap(part -> part)
                .toList();
    }

    /**
     * Where a volume is; empty when there is none.
     *
     * @throws RuntimeUnavailableException when podman cannot tell
     */
    Optional<Path> volume(String name) {
        Finished finished = run("volume", "inspect", "--format", "{{.Mountpoint}}", name);
        if (finished.succeeded()) {
            return Optional.of(Path.of(finished.output().strip()));
        }
        if (finished.errors().contains("no such volume")) {
            return Optional.empty();
        }
        throw new RuntimeUnavailableException(
                Diagnosis.of("podman cannot tell where volume '%s' is".formatted(name), where, finished));
    }

    /** Halts a container, or lets it go on; unchanged when it is so already. */
    Outcome change(Pausing pausing, String container) {
        if (!isIn(container, pausing.from())) {
            return new Outcome.Unchanged();
        }
        Finished finished = run(pausing.word(), container);
        return finished.succeeded()
                ? new Outcome.Changed("container %s %sd".formatted(container, pausing.word()))
                : new Outcome.Failed(Diagnosis.of(
                        "container '%s' cannot be %sd".formatted(container, pausing.word()), where, finished));
    }

    private boolean isIn(String container, String state) {
        return run("container", "inspect", "--format", "{{.State.Status}}", container)
                .output()
                .strip()
                .equals(state);
    }

    /** What is done to a container's processes. */
    enum Pausing {
        PAUSE("running"),
        UNPAUSE("paused");

        private final String from;

        Pausing(String from) {
            this.from = from;
        }

        /** The state that it changes, as podman calls it. */
        String from() {
            return from;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The containers, running or not, that carry all these labels.
     *
     * @throws RuntimeUnavailableException when podman cannot tell
     */
    List<Listed> list(List<String> labels) {
        List<String> words = new ArrayList<>(List.of("ps", "--all", "--format", "json"));
        labels.forEach(label -> words.addAll(List.of("--filter", "label=" + label)));
        Finished finished = run(words);
        if (!finished.succeeded()) {
            throw new RuntimeUnavailableException(Diagnosis.of("podman cannot list its containers", where, finished));
        }
        try {
            return Listed.parse(finished.output());
        } catch (Listed.UnreadableListException e) {
            throw new RuntimeUnavailableException(new Cause(
                    "podman's list of containers cannot be read: " + e.getMessage(),
                    where,
                    "compare `podman ps --all --format json` there; podman 4 and 5 are known to work"));
        }
    }
}
