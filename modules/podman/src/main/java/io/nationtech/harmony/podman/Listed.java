package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.ContainerStatus.Running;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
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
        long pid) {

    /** How it is. */
    enum State {
        RUNNING,
        STOPPED,
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
                    state(text(fields.get("State"))),
                    fields.get("Pid") instanceof Number pid ? pid.longValue() : 0));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static State state(String state) {
        return switch (state) {
            case "running" -> State.RUNNING;
            case "stopping" -> State.LOST;
            default -> State.STOPPED;
        };
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /** The same container, when podman is wrong about its process. */
    Listed lost() {
        return new Listed(id, name, deployment, container, fingerprint, State.LOST, pid);
    }

    ContainerStatus status() {
        Running running = switch (state) {
            case RUNNING -> Running.RUNNING;
            case STOPPED, LOST -> Running.STOPPED;
        };
        return new ContainerStatus(container, running, Health.UNKNOWN);
    }

    /** What podman printed is no list. */
    static final class UnreadableListException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableListException(JacksonException cause) {
            super(cause.getOriginalMessage(), cause);
        }
    }
}
