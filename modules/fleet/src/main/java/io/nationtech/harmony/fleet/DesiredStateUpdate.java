package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.domain.value.DeploymentName;

/** What the mesh tells a node about one deployment: a revision, and what was read under it. */
public record DesiredStateUpdate(DeploymentName deployment, long revision, Decoded<DesiredState> desired) {}
