package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.driver.Means;
import io.nationtech.harmony.driver.ResourceDriver;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keeps the resources of one kind, as a deployment at a time asks for it, whichever sort of driver makes them. */
sealed interface KindKeeper permits InstanceKeeper, SetKeeper {

    ResourceDriver<?> driver();

    default ResourceKind<?> kind() {
        return driver().kind();
    }

    default List<ResourceStatus> observe(DeploymentName deployment) {
        return driver().observe(deployment);
    }

    /** A deployment is known to want these, before anything is asked for. */
    default void restore(DeploymentName deployment, List<NodeResource> wanted) {}

    /** There is a deployment of which nobody knows what it wants. */
    default void restoreUnknown(DeploymentName deployment) {}

    /** A deployment is as it wants: what was kept only to go back to may go. */
    default void tidy(DeploymentName deployment, List<NodeResource> wanted) {
        tidy(driver(), deployment, wanted);
    }

    private static <R extends Record & NodeResource> void tidy(
            ResourceDriver<R> driver, DeploymentName deployment, List<NodeResource> wanted) {
        driver.tidy(deployment, wanted.stream().map(driver.kind().type()::cast).toList());
    }

    /**
     * Makes all that a deployment wants of this kind.
     *
     * @return why the first that failed did
     */
    Optional<Cause> converge(
            DeploymentName deployment, List<NodeResource> wanted, Function<DeploymentName, Means> means);

    /**
     * Removes what there is of a deployment beside what it wants.
     *
     * @return why the first that failed did
     */
    Optional<Cause> remove(DeploymentName deployment, List<ResourceId> unwanted);
}
