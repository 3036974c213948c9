package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;

/** What somebody asks of a node about a deployment there. */
public sealed interface DeploymentRequest extends NodeRequest permits LogsRequest, ExecRequest, RestartRequest {

    DeploymentName deployment();

    @Override
    default Optional<DeploymentName> about() {
        return Optional.of(deployment());
    }
}
