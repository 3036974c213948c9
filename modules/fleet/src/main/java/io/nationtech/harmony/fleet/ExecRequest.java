package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a node to run a program in a container, beside its process.
 *
 * @param container may be left out where the deployment has one
 * @param command is kept among what was done, and read by who may look on: no place for secrets
 * @param input for it to read, which nobody keeps
 * @param deadline after which it is ended; 1 s to 9 min, as a node may answer within 10
 */
public record ExecRequest(
        DeploymentName deployment,
        Optional<ContainerName> container,
        Arguments command,
        Octets input,
        Duration deadline)
        implements DeploymentRequest {
    /** The latest deadline that can be asked for. */
    public static final Duration LONGEST = Duration.ofMinutes(9);

    public ExecRequest {
        requireDeadline(deadline);
    }

    static void requireDeadline(Duration deadline) {
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("a deadline of %s is outside 1 s..%s".formatted(deadline, LONGEST));
        }
    }
}
