package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.value.DeploymentName;

/** Asks a node about the copies of a deployment's data. */
public record BackupRequest(DeploymentName deployment, BackupOrder order) {}
