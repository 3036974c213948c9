package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;

/** Which resource of a node: two deployments may have one of the same name. */
public record Owned(DeploymentName deployment, ResourceId resource) implements Comparable<Owned> {
    @Override
    public int compareTo(Owned other) {
        int order = deployment.compareTo(other.deployment);
        return order != 0 ? order : resource.compareTo(other.resource);
    }

    /** For people, as in {@code container web of website}. */
    @Override
    public String toString() {
        return resource + " of " + deployment;
    }
}
