package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Optional;

/** What somebody asks of a node; it is signed, and kept that it was asked. */
public sealed interface NodeRequest permits DeploymentRequest, UpgradeRequest, ResetRequest {

    /** Which deployment it is about; empty when it is about the node as a whole, so that only those may ask who may deploy anything there. */
    Optional<DeploymentName> about();
}
