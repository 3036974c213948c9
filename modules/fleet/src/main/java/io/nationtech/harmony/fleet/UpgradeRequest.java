package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;

/** Asks a node to run another operating system. */
public record UpgradeRequest(UpgradeOrder order) implements NodeRequest {
    @Override
    public Optional<DeploymentName> about() {
        return Optional.empty();
    }
}
