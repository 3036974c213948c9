package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.CommandProbe;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.HealthCheck;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Set;

/**
 * A service in a container that publishes nothing at its node's address: a worker, or what only its own deployment may reach. Routes and smoke
 * tests that ask a page or a port do not take it.
 *
 * @param spec of a container that publishes no port
 */
public record PrivateService(ServiceSpec spec) implements LastingService<PrivateService> {
    public PrivateService {
        List<PublishedPort> published = spec.container().network().ports();
        if (!published.isEmpty()) {
            throw new InvalidValueException(
                    "service '%s' publishes %s, and is private".formatted(spec.name(), published));
        }
    }

    @Override
    public PrivateService with(ServiceSpec other) {
        return new PrivateService(other);
    }

    /**
     * The same service, which has the network of another one, as of a VPN, and none of its own: what it sends goes through that, and without that
     * nowhere. Whoever says its name reaches the other's address; ports that are to lead to it are published by the other. The two must run
     * {@link Together}; it starts after the other, and again whenever that does.
     *
     * @throws InvalidValueException when it has something that only a network of its own could have: parameters of the kernel, host names, DNS
     *     servers
     */
    public PrivateService through(LastingService<?> carrier) {
        Container container = spec.container();
        return new PrivateService(spec.reaching(Set.of(carrier.name()))
                .with(container.with(container
                        .network()
                        .through(ContainerName.of(carrier.name().value())))));
    }

    /** Knows its image; needs a probe, or a word that it has none. */
    public record WithImage(ServiceName name, ImageReference image) {
        /** Tells health by running a program in the container. */
        public WithHealth probedBy(CommandProbe probe) {
            return new WithHealth(name, image, HealthCheck.by(probe));
        }

        /** Counts as well while its process runs, as nothing can be asked. */
        public WithHealth withoutProbe() {
            return new WithHealth(name, image, HealthCheck.DEFAULT);
        }
    }

    /** Knows how its health is told; needs a memory limit. */
    public record WithHealth(ServiceName name, ImageReference image, HealthCheck healthCheck) {
        /** Limits the memory of a replica. One replica runs, unless {@link PrivateService#replicas(Replicas)} says otherwise. */
        public PrivateService memoryLimit(Memory limit) {
            return new PrivateService(ServiceSpec.of(
                    name,
                    Container.of(ContainerName.of(name.value()), image, limit).with(healthCheck)));
        }
    }
}
