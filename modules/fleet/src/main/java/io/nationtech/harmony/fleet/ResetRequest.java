package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;

/** Asks a node to forget everything, and to start over as it was flashed. */
public record ResetRequest() implements NodeRequest {
    @Override
    public Optional<DeploymentName> about() {
        return Optional.empty();
    }
}
