package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.hardware.Contradiction;
import io.nationtech.harmony.domain.hardware.Requirement;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Execution;
import io.nationtech.harmony.domain.node.Container.HealthCheck;
import io.nationtech.harmony.domain.node.Container.Network;
import io.nationtech.harmony.domain.node.Container.Resources;
import io.nationtech.harmony.domain.node.HealthThresholds;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.node.ProcessUser;
import io.nationtech.harmony.domain.node.Program;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.node.Stop;
import io.nationtech.harmony.domain.node.StopSignal;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.placement.PlacementTerms;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.FolderPath;
import io.nationtech.harmony.domain.value.GroupId;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Replicas;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.domain.value.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A stateless service in a container: so many replicas, each on a node of its own, published at their nodes' addresses.
 *
 * @param container what each chosen node runs, but for the devices that it gets there; its first port is what smoke tests ask
 * @param terms what a node must have to run a replica; it may keep less memory for it than the limit, not more
 * @param previously names that the service had before, the newest first
 */
public record ContainerService(
        ServiceName name, Container container, Replicas replicas, PlacementTerms terms, List<ServiceName> previously)
        implements Score<ContainerRuntime> {
    private static final Memory LEAST_MEMORY = Memory.mebibytes(1);
    private static final DeploymentName ANY = DeploymentName.of("declared");

    public ContainerService {
        previously = List.copyOf(previously);
        requireOtherNames(name, previously);
        Network network = container.network();
        container.healthCheck().probe().ifPresent(probe -> requireOwnPort(name, network, probe));
        container = container.with(container.resources().reserving(terms.demand()));
        Memory memoryLimit = container.resources().memoryLimit();
        Memory request = terms.demand().memory();
        if (request.compareTo(memoryLimit) > 0) {
            throw new InvalidValueException("service '%s' requests %s of memory, and its limit is %s"
                            .formatted(name, request, memoryLimit))
                    .about(request);
        }
        if (memoryLimit.compareTo(LEAST_MEMORY) < 0) {
            throw new InvalidValueException(
                            "service '%s' is limited to %s of memory, in which nothing starts; was another unit meant?"
                                    .formatted(name, memoryLimit))
                    .about(memoryLimit);
        }
        requirePossible(name, terms);
    }

    private static void requireOwnPort(ServiceName name, Network network, HttpProbe probe) {
        List<Port> published = network.ports().stream().map(PublishedPort::node).toList();
        if (!published.contains(probe.port())) {
            throw new InvalidValueException("probe of service '%s' asks port %s, but the service publishes %s"
                            .formatted(
                                    name,
                                    probe.port(),
                                    published.stream().map(Port::toString).collect(Collectors.joining(", "))))
                    .about(probe);
        }
    }

    private static void requirePossible(ServiceName name, PlacementTerms terms) {
        Optional<Contradiction> needed = terms.needs().contradiction();
        if (needed.isPresent()) {
            throw new InvalidValueException(
                            "service '%s' needs what no node can have: %s".formatted(name, needed.get()))
                    .about(terms.needs().all().getLast());
        }
        if (!terms.likes().isEmpty()) {
            ServiceRef itself = new ServiceRef(ANY, name);
            Optional<Contradiction> asked =
                    terms.workload(new WorkloadId(itself, 0)).contradiction();
            if (asked.isPresent()) {
                throw new InvalidValueException(
                                "service '%s' asks for a place that cannot be: %s".formatted(name, asked.get()))
                        .about(terms.likes().getLast());
            }
        }
    }

    private static void requireOtherNames(ServiceName name, List<ServiceName> previously) {
        for (int i = 0; i < previously.size(); i++) {
            ServiceName old = previously.get(i);
            if (old.equals(name) || previously.subList(0, i).contains(old)) {
                throw new InvalidValueException(
                                "service '%s' had the name '%s' before, which is its name of today or told twice"
                                        .formatted(name, old))
                        .about(old);
            }
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
            return probedBy(HttpProbe.of(port.node(), path));
        }

        /** Tells health by this probe. */
        public ProbedAt probedBy(HttpProbe probe) {
            return new ProbedAt(name, image, port, probe);
        }
    }

    /** Knows its probe; needs a memory limit. */
    public record ProbedAt(ServiceName name, ImageReference image, PublishedPort port, HttpProbe probe) {
        public ProbedAt {
            requireOwnPort(name, Network.publishing(port), probe);
        }

        /** Limits the memory of a replica. One replica runs, unless {@link ContainerService#replicas(Replicas)} says otherwise. */
        public ContainerService memoryLimit(Memory limit) {
            return new ContainerService(
                    name,
                    Container.of(ContainerName.of(name.value()), image, limit)
                            .with(Network.publishing(port))
                            .with(HealthCheck.by(probe)),
                    Replicas.of(1),
                    PlacementTerms.of(Demand.of(limit)),
                    List.of());
        }
    }

    /** The same service with so many replicas. */
    public ContainerService replicas(Replicas count) {
        return new ContainerService(name, container, count, terms, previously);
    }

    /** The same service with another limit; a node keeps that much, unless {@link #memoryRequest} said otherwise. */
    public ContainerService memoryLimit(Memory limit) {
        Demand demand = terms.demand();
        boolean followsLimit = demand.memory().equals(container.resources().memoryLimit());
        return new ContainerService(
                name,
                container.with(Resources.of(limit)),
                replicas,
                followsLimit ? terms.with(demand.with(limit)) : terms,
                previously);
    }

    /** The same service, whose replicas are started with one environment variable more, or with another value of it. */
    public ContainerService env(EnvName variable, EnvText value) {
        return new ContainerService(name, container.env(variable, value), replicas, terms, previously);
    }

    /**
     * The same service, whose replicas run this in place of their image's program. The image's arguments are left out then, and
     * {@link #args} says others.
     */
    public ContainerService entrypoint(Arguments words) {
        return run(program -> program.entrypoint(words));
    }

    /** The same service, whose replicas' program gets these words in place of those that their image says. */
    public ContainerService args(Arguments words) {
        return run(program -> program.args(words));
    }

    /** The same service, whose replicas' program begins in this folder. */
    public ContainerService workingFolder(FolderPath folder) {
        return run(program -> program.workingFolder(folder));
    }

    /** The same service, whose replicas run as this user and group, to whom volumes belong that are made for them. */
    public ContainerService user(UserId user, GroupId group) {
        return run(program -> program.user(new ProcessUser(user, group)));
    }

    private ContainerService run(UnaryOperator<Program> change) {
        return with(
                container.execution().with(change.apply(container.execution().program())));
    }

    /**
     * The same service, whose replicas have so long to end before they are killed: 1 s to 5 min, in whole seconds. Without this,
     * {@link Stop#USUAL}, or {@link Stop#WITH_DATA} for what keeps data.
     */
    public ContainerService stopsWithin(Duration time) {
        return with(container.execution().with(container.execution().stop().within(time)));
    }

    /** The same service, whose replicas are told to end by this signal. */
    public ContainerService stopSignal(StopSignal signal) {
        return with(container.execution().with(container.execution().stop().by(signal)));
    }

    private ContainerService with(Execution other) {
        return new ContainerService(name, container.with(other), replicas, terms, previously);
    }

    /** The same service, with other thresholds for its probe; without this, {@link HealthThresholds#DEFAULT}. */
    public ContainerService health(HealthThresholds thresholds) {
        return new ContainerService(
                name, container.with(container.healthCheck().with(thresholds)), replicas, terms, previously);
    }

    /** The same service, whose replicas need one more thing of their node. */
    public ContainerService needs(Requirement another) {
        return on(terms.needs(another));
    }

    /**
     * The same service, for each replica of which a node keeps so much memory; without this, it keeps the limit. A replica that takes more
     * than that may be ended when its node has no more.
     *
     * @throws InvalidValueException when it is more than the limit
     */
    public ContainerService memoryRequest(Memory kept) {
        return on(terms.with(terms.demand().with(kept)));
    }

    /** The same service, for each replica of which a node keeps such a share of its processor; without this, {@link Demand#USUAL_CPU}. */
    public ContainerService cpuRequest(CpuShare kept) {
        return on(terms.with(terms.demand().with(kept)));
    }

    /** The same service, whose replicas like one more place. */
    public ContainerService likes(Affinity another) {
        return on(terms.likes(another));
    }

    /** The same service, with this policy for replicas whose node is lost; without this, {@link LossPolicy#USUAL}. */
    public ContainerService onLoss(LossPolicy policy) {
        return on(terms.onLoss(policy));
    }

    /**
     * The same service, which was renamed: what runs under the old name becomes its own. Each replica stays on its node, with its
     * devices; its container carries the name, so it ends and begins again under the new one, node by node. Once every node is
     * told, this can be dropped. To be called again for each older name.
     *
     * @throws InvalidValueException when that is its name of today, or was said before
     */
    public ContainerService previously(ServiceName old) {
        return new ContainerService(
                name,
                container,
                replicas,
                terms,
                Stream.concat(previously.stream(), Stream.of(old)).toList());
    }

    private ContainerService on(PlacementTerms others) {
        return new ContainerService(name, container, replicas, others, previously);
    }

    /**
     * The same service, whose replicas read secrets from the files {@code /run/secrets/<name>}. Smoke tests and routes name the
     * service without them.
     *
     * @throws InvalidValueException when a secret is named twice
     */
    public <C extends ContainerRuntime & SecretStore> Extended<C> secrets(SecretRef first, SecretRef... others) {
        return with(Secrets.of(first, others));
    }

    /**
     * The same service, which keeps data on the disk of its node, stays with it, and is there once.
     *
     * @throws InvalidValueException when it has more than one replica, or two volumes have one name or one place
     */
    public <C extends ContainerRuntime & VolumeStore> Extended<C> volumes(Volume first, Volume... others) {
        return with(Volumes.of(first, others));
    }

    /**
     * The same service, on every node of its topology that has what it needs, also on those that join later: the next deploy, or whoever
     * operates it, gives it to them.
     *
     * @throws InvalidValueException when its replicas were counted
     */
    public Extended<ContainerRuntime> onEveryNode() {
        return with(new EveryNode());
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        ServiceRef service = new ServiceRef(deployment, name);
        PlacementTerms apart = terms.likes(new Affinity.Away(service, Scope.NODE, Strength.required()));
        return new Expansion.Runs(IntStream.range(0, replicas.count())
                .mapToObj(replica -> Task.of(apart.workload(new WorkloadId(service, replica)), container))
                .toList());
    }

    /** What every replica publishes first, and what smoke tests ask. */
    public PublishedPort port() {
        return container.network().ports().getFirst();
    }
}
