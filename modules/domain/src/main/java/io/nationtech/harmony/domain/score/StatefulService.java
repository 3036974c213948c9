package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.stream.Stream;

/**
 * A service that keeps data on the disk of its node. Made by {@link ContainerService#keeps}. There is one of it, as there is one of
 * its data, and it stays with it: it waits for a node that is lost, and never starts empty elsewhere by itself. Taking it off its
 * node needs consent.
 *
 * @param <C> a set that has volumes beside containers; those of {@code Failover} and {@code Replicated} topologies have none
 * @param service what runs, once
 * @param volumes each at a place of its own, 1 to 16
 */
public record StatefulService<C extends ContainerRuntime & VolumeStore>(ContainerService service, List<Volume> volumes)
        implements Score<C> {
    private static final int MOST = 16;

    public StatefulService {
        volumes = List.copyOf(volumes);
        requireOne(service, volumes);
        requireApart(service, volumes);
    }

    private static void requireOne(ContainerService service, List<Volume> volumes) {
        if (volumes.isEmpty() || volumes.size() > MOST) {
            throw new InvalidValueException(
                    "service '%s' keeps %d volumes; it keeps 1 to %d".formatted(service.name(), volumes.size(), MOST));
        }
        if (service.replicas().count() != 1) {
            throw new InvalidValueException(
                            "service '%s' keeps volume '%s', which is on one node, and runs %d times; run it once, or without it"
                                    .formatted(
                                            service.name(),
                                            volumes.getFirst().name(),
                                            service.replicas().count()))
                    .about(volumes.getFirst());
        }
    }

    private static void requireApart(ContainerService service, List<Volume> volumes) {
        for (int i = 0; i < volumes.size(); i++) {
            Volume volume = volumes.get(i);
            for (Volume before : volumes.subList(0, i)) {
                if (before.name().equals(volume.name())) {
                    throw new InvalidValueException(
                                    "service '%s' keeps two volumes '%s'".formatted(service.name(), volume.name()))
                            .about(volume);
                }
                if (before.at().holds(volume.at()) || volume.at().holds(before.at())) {
                    throw new InvalidValueException("volumes %s and %s of service '%s' lie in each other"
                                    .formatted(before, volume, service.name()))
                            .about(volume);
                }
            }
        }
    }

    static <C extends ContainerRuntime & VolumeStore> StatefulService<C> of(
            ContainerService service, Volume first, Volume... others) {
        return new StatefulService<>(
                service, Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    /** The same service, which reads secrets from the files {@code /run/secrets/<name>}. */
    public <D extends ContainerRuntime & VolumeStore & SecretStore> ServiceWithSecrets<D> reads(
            SecretRef first, SecretRef... others) {
        return ServiceWithSecrets.of(new StatefulService<D>(service, volumes), first, others);
    }

    @Override
    public ServiceName name() {
        return service.name();
    }

    @Override
    public List<ServiceName> previously() {
        return service.previously();
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return new Expansion.Runs(service.tasks(deployment, service.terms().onLoss(new LossPolicy.Stays())).stream()
                .map(task -> Task.of(task.workload(), service.container().with(new Container.Storage(volumes))))
                .toList());
    }
}
