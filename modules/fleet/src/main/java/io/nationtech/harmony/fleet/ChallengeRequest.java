package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;

/** Asks a node for a {@link Challenge}. */
public record ChallengeRequest(DeploymentName deployment) {}
