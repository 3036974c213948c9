package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.HealthCheck;
import io.nationtech.harmony.domain.node.Container.Network;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.PortRange;
import io.nationtech.harmony.domain.node.Probe;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;

/**
 * A stateless service in a container: so many replicas, each on a node of its own, published at their nodes' addresses.
 *
 * @param spec of a container that publishes a port; the first is what smoke tests ask
 */
public record ContainerService(ServiceSpec spec) implements LastingService<ContainerService> {
    public ContainerService {
        if (spec.container().network().ports().isEmpty()) {
            throw new InvalidValueException("service '%s' publishes no port; say publishesNothing() where that is meant"
                    .formatted(spec.name()));
        }
    }

    @Override
    public ContainerService with(ServiceSpec other) {
        return new ContainerService(other);
    }

    /** Begins a service. */
    public static Named named(ServiceName name) {
        return new Named(name);
    }

    /** Knows its name; needs an image. */
    public record Named(ServiceName name) {
        /** Names the image. */
        public WithImage image(ImageReference image) {
            return new WithImage(name, image);
        }
    }

    /** Knows its image; needs a port. */
    public record WithImage(ServiceName name, ImageReference image) {
        /** Publishes nothing: others on its node's address cannot reach it. */
        public PrivateService.WithImage publishesNothing() {
            return new PrivateService.WithImage(name, image);
        }

        /** Publishes a port of the container at the same port of its node. */
        public WithPort publishes(Port both) {
            return publishes(PublishedPort.tcp(both));
        }

        /** Publishes a TCP port of the container, at which it answers HTTP; {@link ContainerService#publishes} adds others of any kind. */
        public WithPort publishes(PublishedPort port) {
            return new WithPort(name, image, port);
        }
    }

    /** Knows its port; needs a probe. */
    public record WithPort(ServiceName name, ImageReference image, PublishedPort port) {
        /** Tells health by asking the published port for a page. */
        public ProbedAt probedAt(HttpPath path) {
            return probedBy(HttpProbe.of(port.node(), path));
        }

        /** Tells health by this probe. */
        public ProbedAt probedBy(Probe probe) {
            return new ProbedAt(name, image, port, HealthCheck.by(probe));
        }

        /**
         * Counts as well while its process runs: for UDP, where nobody who asks can tell silence from an answer that was lost.
         *
         * @throws InvalidValueException when the port is of TCP, to which one can connect
         */
        public ProbedAt withoutProbe() {
            if (port.protocol() != Protocol.UDP) {
                throw new InvalidValueException(
                                "service '%s' publishes port %s, to which one can connect: say probedBy(TcpProbe.of(…)), or better probedAt(…)"
                                        .formatted(name, port))
                        .about(port);
            }
            return new ProbedAt(name, image, port, HealthCheck.DEFAULT);
        }
    }

    /** Knows its probe; needs a memory limit. */
    public record ProbedAt(ServiceName name, ImageReference image, PublishedPort port, HealthCheck healthCheck) {
        public ProbedAt {
            healthCheck.probe().ifPresent(probe -> ServiceSpec.requireOwnPort(name, Network.of(port), probe));
        }

        /** Limits the memory of a replica. One replica runs, unless {@link ContainerService#replicas(Replicas)} says otherwise. */
        public ContainerService memoryLimit(Memory limit) {
            return new ContainerService(ServiceSpec.of(
                    name,
                    Container.of(ContainerName.of(name.value()), image, limit)
                            .with(Network.of(port))
                            .with(healthCheck)));
        }
    }

    /**
     * The same service, which publishes one more port, of whatever protocol.
     *
     * @throws InvalidValueException when it publishes that port of its node already
     */
    public ContainerService publishes(PublishedPort another) {
        return with(spec.with(container().with(container().network().publishing(another))));
    }

    /**
     * The same service, which publishes all ports of a range, each at the same port of its node.
     *
     * @throws InvalidValueException when it publishes one of them already
     */
    public ContainerService publishes(PortRange range) {
        Network network = container().network();
        List<NodePort> before =
                network.ports().stream().map(PublishedPort::taken).toList();
        for (PublishedPort port : range.ports()) {
            if (before.contains(port.taken())) {
                throw new InvalidValueException(
                                "service '%s' publishes port %s already, which is in the range %s to %s too"
                                        .formatted(name(), port.taken(), range.first(), range.last()))
                        .about(range);
            }
            network = network.publishing(port);
        }
        return with(spec.with(container().with(network)));
    }

    /** What every replica publishes first, and what smoke tests ask. */
    public PublishedPort port() {
        return container().network().ports().getFirst();
    }
}
