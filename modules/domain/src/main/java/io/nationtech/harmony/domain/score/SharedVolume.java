package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Data that some services of a group use together, each at a place of its own, as an application and its worker do. Said of the group: {@code
 * Together.of(…).with(SharedVolume.named(files).at(web, MountPath.of("/srv")).at(worker, MountPath.of("/data")))}. It stays on its
 * node as {@link Volumes} do.
 *
 * @param places where each finds it; 2 services at least
 */
public record SharedVolume(DataName name, Map<ServiceName, MountPath> places) implements Extension<VolumeStore> {
    public SharedVolume {
        places = Map.copyOf(places);
        if (places.size() < 2) {
            throw new InvalidValueException(
                    "volume '%s' is used by %s alone; say volumes(…) of that service".formatted(name, places.keySet()));
        }
    }

    /** Begins a volume. */
    public static Named named(DataName name) {
        return new Named(name);
    }

    /** Knows its name; needs a service that uses it. */
    public record Named(DataName name) {
        /** That service finds it there. */
        public InOne at(Score<?> service, MountPath place) {
            return new InOne(name, service.name(), place);
        }
    }

    /** Knows one who uses it; needs another. */
    public record InOne(DataName name, ServiceName first, MountPath place) {
        /**
         * That service finds it there.
         *
         * @throws InvalidValueException when it is the same service
         */
        public SharedVolume at(Score<?> service, MountPath other) {
            return with(name, Map.of(first, place), service, other);
        }
    }

    /**
     * One more service finds it there.
     *
     * @throws InvalidValueException when that service has it already
     */
    public SharedVolume at(Score<?> service, MountPath place) {
        return with(name, places, service, place);
    }

    private static SharedVolume with(
            DataName name, Map<ServiceName, MountPath> before, Score<?> service, MountPath place) {
        Map<ServiceName, MountPath> all = new HashMap<>(before);
        MountPath other = all.put(service.name(), place);
        if (other != null) {
            throw new InvalidValueException("service '%s' finds volume '%s' at %s already, and is to find it at %s too"
                            .formatted(service.name(), name, other, place))
                    .about(service);
        }
        return new SharedVolume(name, all);
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        List<ServiceName> there = Container.among(tasks.stream().flatMap(task -> task.resources().stream()))
                .flatMap(container -> container.service().stream())
                .toList();
        for (ServiceName user : new TreeSet<>(places.keySet())) {
            if (!there.contains(user)) {
                throw new InvalidValueException(
                        "service '%s' is to find volume '%s', and is not among %s, of which that is said; say it of the group that it is in"
                                .formatted(
                                        user,
                                        name,
                                        there.stream().map(ServiceName::value).collect(Collectors.joining(", "))));
            }
        }
        if (base.volumes().stream().anyMatch(own -> own.name().equals(name))) {
            throw new InvalidValueException(
                    "volume '%s' is to be shared in '%s', where one of that name is kept already; give one of both another name, or leave the other out"
                            .formatted(name, base.name()));
        }
        return Volumes.keep(base, tasks, volumes(), this::in);
    }

    private List<Volume> in(Container container) {
        return container.service().map(places::get).stream()
                .map(place -> new Volume(name, place))
                .toList();
    }

    @Override
    public List<Volume> volumes() {
        return List.of(new Volume(name, new TreeMap<>(places).firstEntry().getValue()));
    }
}
