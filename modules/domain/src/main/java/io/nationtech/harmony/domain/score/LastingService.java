package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.ImageUpdates;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;

/**
 * What can be said of every service that is to run for as long as its deployment wants it: that there are several, how their health is told,
 * and where they are.
 *
 * @param <S> the kind of service
 */
public sealed interface LastingService<S extends LastingService<S>> extends ServiceScore<S>
        permits ContainerService, PrivateService {

    /** How many there are. */
    default Replicas replicas() {
        return spec().replicas();
    }

    /** The same service with so many replicas. */
    default S replicas(Replicas count) {
        return with(spec().replicas(count));
    }

    /** The host name by which those that run {@link Together} with it reach it. */
    default HostText host() {
        return HostText.of(name());
    }

    /** That name with a port that it listens at, published or not, as in {@code db:5432}. */
    default HostText address(Port port) {
        return host().before(":" + port);
    }

    /** The same service, with other thresholds for its probe; without this, {@link HealthThresholds#DEFAULT}. */
    default S health(HealthThresholds thresholds) {
        return with(spec().with(container().with(container().healthCheck().with(thresholds))));
    }

    /**
     * The same service, whose replicas follow the tag of their image, one after the other; without this, an image changes when its deployment does,
     * and never else.
     *
     * @throws InvalidValueException when the image is given by digest, or so many replicas cannot all have their turn from one time to the next
     */
    default S updates(ImageUpdates times) {
        return with(spec().with(container().with(container().pull().with(times))));
    }

    /**
     * That it is healthy, for those that start {@link #after} that.
     *
     * @throws InvalidValueException when it has no probe, which would tell
     */
    default Healthy healthy() {
        if (container().healthCheck().probe().isEmpty()) {
            throw new InvalidValueException(
                    "service '%s' has no probe, and whether it is healthy is never known: say probedBy(…) of it"
                            .formatted(name()));
        }
        return new Healthy(name());
    }
}
