package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.ContainerHistory;
import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * A container as {@code podman ps --format json} lists it.
 *
 * @param pid its first process; 0 when podman knows of none
 */
record Listed(
        String id,
        String name,
        DeploymentName deployment,
        ContainerName container,
        Fingerprint fingerprint,
        State state,
        long pid,
        ContainerHistory history) {

    private static final int LARGEST_CODE = 255;

    /** How it is. */
    enum State {
        RUNNING,
        /** Its processes are halted; whoever halts them for a while does not ask for them to be as declared meanwhile. */
        PAUSED,
        STOPPED,
        /** Its process ended by itself, with success. */
        FINISHED,
        /**
         * Podman is wrong about it: its process is gone, as the machine restarted and podman did not notice; or somebody who
         * was stopping it did not get to the end.
         */
        LOST
    }

    /** Reads the list; leaves out what does not carry our labels, or not as we write them. */
    static List<Listed> parse(String json) throws UnreadableListException {
        try {
            return JSON.std.listFrom(json).stream()
                    .flatMap(item -> item instanceof Map<?, ?> fields
                            ? read(fields).stream()
                            : Optional.<Listed>empty().stream())
                    .toList();
        } catch (JacksonException e) {
            throw new UnreadableListException(e);
        }
    }

    private static Optional<Listed> read(Map<?, ?> fields) {
        if (!(fields.get("Labels") instanceof Map<?, ?> labels) || !(fields.get("Names") instanceof List<?> names)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Listed(
                    text(fields.get("Id")),
                    names.isEmpty() ? "" : text(names.getFirst()),
                    DeploymentName.of(text(labels.get(Labels.DEPLOYMENT))),
                    ContainerName.of(text(labels.get(Labels.CONTAINER))),
                    new Fingerprint(text(labels.get(Labels.FINGERPRINT))),
                    state(text(fields.get("State")), (int) number(fields.get("ExitCode"))),
                    number(fields.get("Pid")),
                    history(fields)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static State state(String state, int exitCode) {
        return switch (state) {
            case "running" -> State.RUNNING;
            case "paused" -> State.PAUSED;
            case "stopping" -> State.LOST;
            case "exited" -> exitCode == 0 ? State.FINISHED : State.STOPPED;
            default -> State.STOPPED;
        };
    }

    /** Podman forgets the code of the last exit when it starts a container again, but not the time. */
    private static ContainerHistory history(Map<?, ?> fields) {
        Optional<Exit> exit = Boolean.TRUE.equals(fields.get("Exited"))
                ? instant(fields.get("ExitedAt")).map(at -> new Exit(exitCode(number(fields.get("ExitCode"))), at))
                : Optional.empty();
        return new ContainerHistory((int) number(fields.get("Restarts")), instant(fields.get("StartedAt")), exit);
    }

    /** As systemd tells it: conmon ends with -1 when it killed a process that took longer than it may. */
    static int exitCode(long told) {
        return (int) (told & LARGEST_CODE);
    }

    /** Seconds since 1970; what never happened is told as the year 1. */
    private static Optional<Instant> instant(@Nullable Object value) {
        return Optional.of(number(value)).filter(seconds -> seconds > 0).map(Instant::ofEpochSecond);
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** The same container, when podman is wrong about its process. */
    Listed lost() {
        return new Listed(id, name, deployment, container, fingerprint, State.LOST, pid, history);
    }

    UnitName unit() {
        return new UnitName(deployment, container);
    }

    Running running() {
        return switch (state) {
            case RUNNING, PAUSED -> Running.RUNNING;
            case STOPPED, LOST -> Running.STOPPED;
            case FINISHED -> Running.FINISHED;
        };
    }

    /** What podman printed is no list. */
    static final class UnreadableListException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableListException(JacksonException cause) {
            super(cause.getOriginalMessage(), cause);
        }
    }
}
