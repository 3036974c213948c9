package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.Map;
import java.util.function.Function;

/**
 * For resources of which one daemon or one file serves those of all deployments, as DNS zones or the rules of a firewall.
 *
 * @param <R> the resources
 */
public non-sealed interface SetDriver<R extends Record & NodeResource> extends ResourceDriver<R> {

    /**
     * Makes all resources of the kind as declared; what is not among them goes. Called again and again, by one thread at a time.
     *
     * @param all what all deployments of this node want
     * @param means what it may use for a deployment
     * @return what came of each
     */
    Map<Owned, Outcome> converge(Map<Owned, R> all, Function<DeploymentName, Means> means);
}
