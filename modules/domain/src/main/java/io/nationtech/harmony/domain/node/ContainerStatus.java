package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import java.util.Optional;

/**
 * How a container is.
 *
 * @param pulling the image that is being fetched for it just now, if one is; what ran before goes on meanwhile
 */
public record ContainerStatus(
        ContainerName name,
        Running running,
        Health health,
        ContainerHistory history,
        Optional<ImageReference> pulling) {

    /** Whether it runs. */
    public enum Running {
        STARTING,
        RUNNING,
        /** It does not run: it failed, was ended by somebody, or was never started. */
        STOPPED,
        /** Its process ended by itself with exit code 0. */
        FINISHED
    }

    /** What its probe says. */
    public enum Health {
        /** There is no probe, or it has not asked yet. */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    /** One without a known history, for which nothing is being fetched. */
    public ContainerStatus(ContainerName name, Running running, Health health) {
        this(name, running, health, ContainerHistory.DEFAULT, Optional.empty());
    }

    /** One for which an image is fetched and of which there is nothing yet. */
    public static ContainerStatus awaiting(ContainerName name, ImageReference image) {
        return new ContainerStatus(name, Running.STARTING, Health.UNKNOWN).pulling(image);
    }

    /** The same container with what its probe says. */
    public ContainerStatus with(Health probed) {
        return new ContainerStatus(name, running, probed, history, pulling);
    }

    /** The same container while an image is fetched for it. */
    public ContainerStatus pulling(ImageReference image) {
        return new ContainerStatus(name, running, health, history, Optional.of(image));
    }
}
