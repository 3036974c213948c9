package io.nationtech.harmony.driver;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.RuntimeUnavailableException;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.ResourceKind;
import io.nationtech.harmony.domain.node.ResourceStatus;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ResourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sees to it that a node has resources of one kind: an {@link InstanceDriver} where they are independent of one another, a
 * {@link SetDriver} where one daemon serves those of all deployments. What it made outlives it and the node's agent.
 *
 * <p>Safe for use by several threads. Every call ends within minutes, also when the tool behind it hangs; one whose thread is
 * interrupted ends as soon as what is there is not left half changed.
 *
 * @param <R> the resources
 */
public sealed interface ResourceDriver<R extends Record & NodeResource> extends AutoCloseable
        permits InstanceDriver, SetDriver {

    /** What it knows how to make. */
    ResourceKind<R> kind();

    /** What its node offers because of it. */
    default Set<Class<? extends Capability>> offers() {
        return Set.of(kind().needs());
    }

    /**
     * What there is of a deployment, wanted or not, by name. Asked often: it waits for nothing that may take longer than a tool's
     * answer.
     *
     * @throws RuntimeUnavailableException when that cannot be found out
     */
    List<ResourceStatus> observe(DeploymentName deployment);

    /** Told which ports of the node's address deployments have, all together, before anything of these is made. */
    default void take(Set<NodePort> ports) {}

    /** A deployment is as declared, with these: what was kept only to go back to may go, as images of before. */
    default void tidy(DeploymentName deployment, List<R> declared) {}

    /** Where on this node others find a resource that was made, as a file that is to be mounted; empty when it is nothing of that sort. */
    default Optional<Path> path(DeploymentName deployment, ResourceId resource) {
        return Optional.empty();
    }

    /** What containers keep on this node, where this is the driver for containers. */
    default Optional<NodeData> data() {
        return Optional.empty();
    }

    /**
     * Ends what runs of a resource and starts it again as it is; unchanged when it is nothing that runs all the time.
     *
     * @throws RuntimeUnavailableException when the tool behind it cannot be asked
     */
    default Outcome restart(DeploymentName deployment, ResourceId resource) {
        return new Outcome.Unchanged();
    }

    /** The copies that it keeps of data, where it is a driver for backups. */
    default Optional<Backups> backups() {
        return Optional.empty();
    }

    /**
     * The newest lines that a resource wrote, oldest first; none when it is nothing that writes.
     *
     * @param lines how many at most; 1 to 10000
     * @throws RuntimeUnavailableException when they cannot be had, or there is no such resource
     */
    default List<String> logs(DeploymentName deployment, ResourceId resource, int lines) {
        return List.of();
    }

    /**
     * Tells which deployment's resources may have changed, until it is closed. It may miss something, so who listens still looks now
     * and then.
     *
     * @param changed returns at once
     */
    default void onChange(Consumer<DeploymentName> changed) {}

    /** Whether {@link #onChange} tells just now of whatever changes, so that who listens may look seldom. */
    default boolean isTellingChanges() {
        return false;
    }

    /** Ends its threads; what it made goes on. */
    @Override
    default void close() {}
}
