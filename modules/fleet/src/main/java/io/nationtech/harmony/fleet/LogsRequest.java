package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * Asks a node for what a deployment's containers wrote.
 *
 * @param lines how many of the newest per container; 1 to 10000
 */
public record LogsRequest(DeploymentName deployment, int lines) implements DeploymentRequest {
    private static final int MOST = 10_000;

    public LogsRequest {
        if (lines < 1 || lines > MOST) {
            throw new InvalidValueException("%d log lines are outside 1..%d".formatted(lines, MOST));
        }
    }
}
