package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.ContainerStatus;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ImageDigest;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ShareName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs containers on a node and keeps them running, also over a restart of the node while nobody else is there.
 * Safe for use by several threads. Every call ends within minutes, also when the tool behind it hangs. A call whose thread is
 * interrupted ends at once, and so do the processes that it started, unless it is just changing over from an old container to
 * a new one: that is finished first, within minutes. The thread's interrupt status is set afterwards.
 */
@FailsOver
@Replicates
public interface ContainerRuntime extends Capability {

    /** Until it is closed, changes are told. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What there is on this node, running or not, by deployment and ordered by container name: one question to the tool behind
     * it, however many deployments there are, and none while {@link #onChange} would have told of a change. Containers for which
     * the first image is still being fetched are in it.
     *
     * @throws RuntimeUnavailableException when the runtime cannot be asked
     */
    Map<DeploymentName, List<ContainerStatus>> observe();

    /** What there is of one deployment; as {@link #observe()}. */
    default List<ContainerStatus> observe(DeploymentName deployment) {
        return observe().getOrDefault(deployment, List.of());
    }

    /** The deployments of which there is anything on this node, in the order of their names. */
    default List<DeploymentName> deployments() {
        return observe().keySet().stream().sorted().toList();
    }

    /**
     * Tells which deployment's containers changed, usually within a second: one started, ended, was removed, its image is being
     * fetched. Whoever did it, also {@link #converge} itself; and sometimes when nothing changed. Something can be missed, so who
     * listens still looks now and then.
     *
     * @param changed is called by one thread at a time, which it must not hold up
     */
    Subscription onChange(Consumer<DeploymentName> changed);

    /** Whether {@link #onChange} tells just now: the tool behind it is followed. */
    default boolean isTellingChanges() {
        return false;
    }

    /**
     * Makes a container run as declared: unchanged when it does already, else created or replaced. The new image is fetched, and
     * the values of its secrets are got, before the old container stops; when that fails, the old one goes on. No value of a
     * secret rests on a disk as it is, or is seen in a command line, a file about the container, or an environment but that of the
     * container's own process, for {@code container.security().env()}. It fails while one of {@code container.storage().shares()} is not
     * there, and whoever starts the container afterwards, also without being asked, does not do so before all are.
     *
     * @param secrets asked for values only when the container is made or started
     * @param files where on the node there is what the container mounts; each of {@code container.storage().allFiles()} has one. Another
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

    /**
     * Told which ports of the node's address deployments have, all together, before anything of these is made. Containers reach those ports of their
     * node, and no other.
     */
    default void take(Set<NodePort> ports) {}

    /** Stops a container and forgets it; unchanged when there is none. */
    Outcome remove(DeploymentName deployment, ContainerName container);

    /**
     * A deployment is as declared, with these images: those that were fetched for its containers and that nobody wants any more go from the
     * node's disk, but for the last that each had before. Images that others brought stay.
     */
    default void tidy(DeploymentName deployment, Map<ContainerName, ImageReference> declared) {}

    /**
     * Asks the registry of a container's image which image its tag names now, for machines as this one. Nothing is fetched, and what the node has
     * under that tag stays as it is.
     *
     * @param secrets asked for the container's login at the registry
     */
    ImageLookup lookUp(Container container, SecretValues secrets);

    /** The digests of what the node has under a reference: several when the image was made for several sorts of machines, none when it has none. */
    Set<ImageDigest> digests(ImageReference image);

    /**
     * Gets the image of a container when it is not there, so that {@link #converge} finds it; returns why it cannot be had.
     *
     * @param secrets asked for the container's login at the registry
     */
    Optional<Cause> fetch(DeploymentName deployment, Container container, SecretValues secrets);

    /**
     * Runs a program of a container in it, beside its process, and waits for its end. What it writes is not kept.
     *
     * @param timeout after which it is no longer waited for; whole milliseconds
     * @return its exit code; another than 0 also when it cannot be run or is not over in time
     */
    int execute(DeploymentName deployment, ContainerName container, Arguments command, Duration timeout);

    /**
     * The newest lines that a container wrote, oldest first. Two are read at a time; a third is refused.
     *
     * @param lines how many at most; 1 to 10000
     * @throws RuntimeUnavailableException when the runtime cannot be asked or is busy, or there is no such container
     */
    List<String> logs(DeploymentName deployment, ContainerName container, int lines);

    /**
     * Where a volume of a deployment is on this node; empty before its first use.
     *
     * @throws RuntimeUnavailableException when the runtime cannot be asked
     */
    Optional<Path> volume(DeploymentName deployment, DataName volume);

    /** Where a share of this node is, if it is there now. */
    ShareFolder share(ShareName share);

    /**
     * The words by which a program runs in a container, beside its process: its standard streams are those of whoever runs them, and its exit
     * code is theirs.
     *
     * @param environment that it has beside the container's
     */
    List<String> command(
            DeploymentName deployment, ContainerName container, Arguments program, Map<String, String> environment);

    /** The same with the container's environment alone. */
    default List<String> command(DeploymentName deployment, ContainerName container, Arguments program) {
        return command(deployment, container, program, Map.of());
    }

    /**
     * Ends a container's process and starts it again as it is; one that runs no more is started. Unchanged when there is no such container.
     */
    Outcome restart(DeploymentName deployment, ContainerName container);

    /** Halts the processes of a container where they are; unchanged when there is none that runs. */
    Outcome pause(DeploymentName deployment, ContainerName container);

    /** Lets the processes of a paused container go on; unchanged when it is not paused. */
    Outcome resume(DeploymentName deployment, ContainerName container);
}
