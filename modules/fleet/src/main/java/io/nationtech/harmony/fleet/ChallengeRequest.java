package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;

/**
 * Asks a node for a {@link Challenge}.
 *
 * @param deployment what is going to be asked about; empty when it is the node as a whole
 */
public record ChallengeRequest(Optional<DeploymentName> deployment) {}
