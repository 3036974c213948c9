package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;
import java.util.List;

/**
 * Asks a node to end containers and start them again as they are.
 *
 * @param containers all that run all the time when empty; at most 1,000
 * @param deadline until when they must be well again; 1 s to 9 min, as a node may answer within 10
 */
public record RestartRequest(DeploymentName deployment, List<ContainerName> containers, Duration deadline)
        implements DeploymentRequest {
    private static final int MOST = 1_000;

    public RestartRequest {
        containers = List.copyOf(containers);
        if (containers.size() > MOST) {
            throw new InvalidValueException("%d containers are more than %d".formatted(containers.size(), MOST));
        }
        ExecRequest.requireDeadline(deadline);
    }
}
