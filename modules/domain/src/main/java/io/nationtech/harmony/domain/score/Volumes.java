package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.VolumeStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Data on the disk of the node, for a score that runs once, as there is one of its data. It stays with it: it waits for a node that
 * is lost, and never starts empty elsewhere by itself. Taking it off its node needs consent. {@code Failover} and {@code Replicated}
 * topologies have no volumes.
 *
 * @param volumes each at a place of its own, which may be in another one's; 1 to 16 of a score
 */
public record Volumes(List<Volume> volumes) implements Extension<VolumeStore> {
    private static final int MOST = 16;

    public Volumes {
        volumes = List.copyOf(volumes);
    }

    /** These volumes. */
    public static Volumes of(Volume first, Volume... others) {
        return new Volumes(Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        return keep(base, tasks, volumes, _ -> volumes);
    }

    /**
     * The tasks of a score that keeps data on its node, and so stays with it.
     *
     * @param volumes what it keeps
     * @param in which of these a container finds, and where
     */
    static Expansion keep(Score<?> base, List<Task> tasks, List<Volume> volumes, Function<Container, List<Volume>> in) {
        requireOne(base, tasks, volumes);
        return new Expansion.Runs(Extended.containers(
                        base,
                        tasks,
                        "volumes",
                        container ->
                                container.with(container.storage().volumes(kept(base, container, in.apply(container)))))
                .stream()
                .map(task -> task.with(task.workload().onLoss(new LossPolicy.Stays())))
                .toList());
    }

    /** What that container keeps: of several that run together each has data of its own beside what is said of all. */
    private static List<Volume> kept(Score<?> base, Container container, List<Volume> more) {
        List<Volume> all = Stream.concat(container.storage().volumes().stream(), more.stream())
                .toList();
        requireApart(base, all);
        return all;
    }

    private static void requireOne(Score<?> base, List<Task> tasks, List<Volume> volumes) {
        int count = base.volumes().size() + volumes.size();
        if (volumes.isEmpty() || count > MOST) {
            throw new InvalidValueException(
                    "service '%s' keeps %d volumes; it keeps 1 to %d".formatted(base.name(), count, MOST));
        }
        if (tasks.size() != 1) {
            throw new InvalidValueException(
                            "service '%s' keeps volume '%s', which is on one node, and runs %d times; run it once, or without it"
                                    .formatted(base.name(), volumes.getFirst().name(), tasks.size()))
                    .about(volumes.getFirst());
        }
    }

    private static void requireApart(Score<?> base, List<Volume> all) {
        for (int i = 0; i < all.size(); i++) {
            Volume volume = all.get(i);
            for (Volume before : all.subList(0, i)) {
                if (before.name().equals(volume.name())) {
                    throw new InvalidValueException(
                                    "service '%s' keeps two volumes '%s'".formatted(base.name(), volume.name()))
                            .about(volume);
                }
                if (before.at().equals(volume.at())) {
                    throw new InvalidValueException(
                                    "volumes '%s' and '%s' of service '%s' are both at %s; one would hide the other"
                                            .formatted(before.name(), volume.name(), base.name(), volume.at()))
                            .about(volume);
                }
            }
        }
    }
}
