package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;

/** Which resource of a node: two deployments may have one of the same name. */
public record Owned(DeploymentName deployment, ResourceId resource) {

    /** For people, as in {@code container web of website}. */
    @Override
    public String toString() {
        return resource + " of " + deployment;
    }
}
