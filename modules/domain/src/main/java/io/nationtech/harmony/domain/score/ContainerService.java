package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Lowering;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.hardware.Requirements;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A stateless service in a container: so many replicas, each on a node of its own, published at their nodes' addresses.
 *
 * @param port what every replica publishes, and what smoke tests ask
 * @param probe how a replica's health is told; asks the published port
 * @param memoryLimit of one replica
 * @param needs what a node must have to run a replica
 */
public record ContainerService(
        ServiceName name,
        ImageReference image,
        Replicas replicas,
        PublishedPort port,
        HttpProbe probe,
        Memory memoryLimit,
        Requirements needs)
        implements Score<ContainerRuntime> {
    public ContainerService {
        if (!probe.port().equals(port.node())) {
            throw new InvalidValueException("probe of service '%s' asks port %s, but the service publishes %s"
                            .formatted(name, probe.port(), port.node()))
                    .about(probe);
        }
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
        /** Publishes a port of the container at the same port of its node. */
        public WithPort publishes(Port both) {
            return publishes(new PublishedPort(both, both));
        }

        /** Publishes a port of the container. */
        public WithPort publishes(PublishedPort port) {
            return new WithPort(name, image, port);
        }
    }

    /** Knows its port; needs a probe. */
    public record WithPort(ServiceName name, ImageReference image, PublishedPort port) {
        /** Tells health by asking the published port for a page. */
        public ProbedAt probedAt(HttpPath path) {
            return new ProbedAt(name, image, port, HttpProbe.of(port.node(), path));
        }
    }

    /** Knows its probe; needs a memory limit. */
    public record ProbedAt(ServiceName name, ImageReference image, PublishedPort port, HttpProbe probe) {
        /** Limits the memory of a replica. One replica runs, unless {@link ContainerService#times} says otherwise. */
        public ContainerService memoryLimit(Memory limit) {
            return new ContainerService(name, image, Replicas.of(1), port, probe, limit, Requirements.none());
        }
    }

    /** The same service with so many replicas. */
    public ContainerService times(Replicas count) {
        return new ContainerService(name, image, count, port, probe, memoryLimit, needs);
    }

    /** The same service, whose replicas need one more thing of their node. */
    public ContainerService needs(Requirement another) {
        return new ContainerService(name, image, replicas, port, probe, memoryLimit, needs.and(another));
    }

    /**
     * The same service, whose replicas read secrets from the files {@code /run/secrets/<name>}. Smoke tests name the service
     * without them.
     */
    public <C extends ContainerRuntime & SecretStore> ServiceWithSecrets<C> reads(
            SecretRef first, SecretRef... others) {
        return ServiceWithSecrets.of(this, first, others);
    }

    @Override
    public Lowering lower(DeploymentName deployment, Inventory inventory) {
        List<NodeStatus> fit = inventory.nodes().stream()
                .filter(NodeStatus::isAlive)
                .filter(node -> !publishedByAnother(deployment, node))
                .toList();
        if (fit.size() < replicas.count()) {
            return new Lowering.Unplaceable(tooFew(deployment, inventory, fit.size()));
        }
        List<NodeStatus> chosen = new Spread(deployment, name, replicas).choose(fit);
        return new Lowering.Placed(
                chosen.stream().collect(Collectors.toMap(node -> node.info().id(), _ -> List.of(container()))));
    }

    private boolean publishedByAnother(DeploymentName deployment, NodeStatus node) {
        return node.desired().entrySet().stream()
                .filter(told -> !told.getKey().equals(deployment))
                .flatMap(told -> told.getValue().value().containers().stream())
                .flatMap(container -> container.ports().stream())
                .anyMatch(published -> published.node().equals(port.node()));
    }

    /** What each chosen node runs. */
    public Container container() {
        return new Container(ContainerName.of(name.value()), image, List.of(port), Optional.of(probe), memoryLimit);
    }

    private Cause tooFew(DeploymentName deployment, Inventory inventory, int fit) {
        long lost = inventory.nodes().stream().filter(node -> !node.isAlive()).count();
        long taken = inventory.nodes().stream()
                .filter(NodeStatus::isAlive)
                .filter(node -> publishedByAnother(deployment, node))
                .count();
        return new Cause(
                "service '%s' wants %d nodes, one a replica, and %d fit: of %d nodes with what it needs, %d are lost and on %d another deployment has port %s"
                        .formatted(
                                name, replicas.count(), fit, inventory.nodes().size(), lost, taken, port.node()),
                "placement of deployment '%s'".formatted(deployment),
                "ask for fewer replicas, another port, or add nodes; `harmony node list` shows the nodes");
    }
}
