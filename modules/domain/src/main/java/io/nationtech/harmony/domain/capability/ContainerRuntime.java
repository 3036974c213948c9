package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs containers on a node and keeps them running, also over a restart of the node while nobody else is there.
 * Safe for use by several threads. Every call ends within minutes, also when the tool behind it hangs.
 */
@FailsOver
@Replicates
public interface ContainerRuntime extends Capability {

    /**
     * What there is of a deployment, running or not, by container name.
     *
     * @throws RuntimeUnavailableException when the runtime cannot be asked
     */
    List<ContainerStatus> observe(DeploymentName deployment);

    /** The deployments of which there is anything on this node. */
    List<DeploymentName> deployments();

    /**
     * Makes a container run as declared: unchanged when it does already, else created or replaced. The new image is fetched, and
     * the values of its secrets are got, before the old container stops; when that fails, the old one goes on. No value of a
     * secret rests on a disk as it is, or is seen in an environment, a command line or a file about the container.
     *
     * @param secrets asked for values only when the container is made or started
     * @param files where on the node there is what the container mounts; each of {@code container.storage().files()} has one. Another
     *     place makes another container
     */
    Outcome converge(
            DeploymentName deployment, Container container, SecretValues secrets, Map<MountedFile, Path> files);

    /** The same, for a container without files. */
    default Outcome converge(DeploymentName deployment, Container container, SecretValues secrets) {
        return converge(deployment, container, secrets, Map.of());
    }

    /** As {@link #converge(DeploymentName, Container, SecretValues)}, for a container without secrets. */
    default Outcome converge(DeploymentName deployment, Container container) {
        return converge(deployment, container, SecretValues.none());
    }

    /** Stops a container and forgets it; unchanged when there is none. */
    Outcome remove(DeploymentName deployment, ContainerName container);

    /**
     * The newest lines that a container wrote, oldest first.
     *
     * @param lines how many at most; 1 to 10000
     * @throws RuntimeUnavailableException when the runtime cannot be asked, or there is no such container
     */
    List<String> logs(DeploymentName deployment, ContainerName container, int lines);
}
