package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.ContainerHistory.Exit;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * Something that happened to a container of ours, as {@code podman events --format json} tells it.
 *
 * @param node the label of that name; empty for units
 * @param exit how its process ended, when that is what happened
 */
record ContainerEvent(String node, UnitName container, Optional<Exit> exit) {
    /** What changes nothing about a container; programs that run in it for a moment come often. */
    private static final Set<String> NO_CHANGE =
            Set.of("exec", "exec_died", "health_status", "attach", "mount", "unmount");

    /** Reads a line; empty for what is not about a container of ours, or changes nothing about it. */
    static Optional<ContainerEvent> parse(String line) {
        try {
            return JSON.std.anyFrom(line) instanceof Map<?, ?> fields ? read(fields) : Optional.empty();
        } catch (JacksonException | InvalidValueException e) {
            // Whoever makes containers chooses the labels; what does not look like ours is not ours.
            return Optional.empty();
        }
    }

    private static Optional<ContainerEvent> read(Map<?, ?> fields) {
        if (!(fields.get("Attributes") instanceof Map<?, ?> labels)
                || !(fields.get("Status") instanceof String status)
                || !(labels.get(Labels.DEPLOYMENT) instanceof String deployment)
                || !(labels.get(Labels.CONTAINER) instanceof String container)
                || NO_CHANGE.contains(status)) {
            return Optional.empty();
        }
        return Optional.of(new ContainerEvent(
                labels.get(Labels.NODE) instanceof String node ? node : "",
                new UnitName(DeploymentName.of(deployment), ContainerName.of(container)),
                status.equals("died") ? exit(fields) : Optional.empty()));
    }

    private static Optional<Exit> exit(Map<?, ?> fields) {
        return fields.get("ContainerExitCode") instanceof Number code && fields.get("time") instanceof Number time
                ? Optional.of(new Exit(Listed.exitCode(code.longValue()), Instant.ofEpochSecond(time.longValue())))
                : Optional.empty();
    }
}
