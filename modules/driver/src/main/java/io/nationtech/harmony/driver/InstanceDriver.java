package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;

/**
 * For resources that are independent of one another, as containers. Two calls about the same deployment come one after the other.
 *
 * @param <R> the resources
 */
public non-sealed interface InstanceDriver<R extends Record & NodeResource> extends ResourceDriver<R> {

    /**
     * Makes a resource as declared: unchanged when it is so already. What can fail fails while the old one still serves. Called again
     * and again, also after it was cut short in the middle.
     *
     * @param means what it may use
     */
    Outcome converge(DeploymentName deployment, R resource, Means means);

    /** Removes a resource; unchanged when there is none. */
    Outcome remove(DeploymentName deployment, ResourceId resource);
}
