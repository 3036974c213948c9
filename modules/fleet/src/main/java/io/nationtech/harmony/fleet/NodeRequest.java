package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;

/** What somebody asks of a node about a deployment there; it is signed, and kept that it was asked. */
public sealed interface NodeRequest permits LogsRequest, ExecRequest, RestartRequest {

    /** What it is about. */
    DeploymentName deployment();
}
