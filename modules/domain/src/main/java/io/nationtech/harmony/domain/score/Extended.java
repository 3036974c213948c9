package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A score with something more. Made by {@link Score#with}, and for what is common by words of the score's own, as {@link
 * ContainerService#volumes(Volume, Volume...)}.
 *
 * @param <C> a set that has what the score needs and what the extension needs, so that a topology that lacks any of it is refused by
 *     the compiler
 */
public record Extended<C extends Capability>(Score<? super C> base, Extension<? super C> extension)
        implements Score<C> {
    private static final DeploymentName ANY = DeploymentName.of("declared");

    public Extended {
        // Whether they go together is said now, at the line that joins them, and not when they are deployed.
        List<SecretRef> secrets = joined(base.secrets(), extension.secrets());
        expansion(base, extension, ANY, new Inventory(List.of(), firstVersions(secrets)));
    }

    static Map<SecretRef, Long> firstVersions(List<SecretRef> secrets) {
        return secrets.stream().distinct().collect(Collectors.toMap(Function.identity(), _ -> 1L));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Expansion expansion(
            Score<?> base, Extension<?> extension, DeploymentName deployment, Inventory inventory) {
        return switch (base.expand(deployment, inventory)) {
            case Expansion.Runs(List<Task> tasks) when !tasks.isEmpty() -> extension.extend(base, tasks, inventory);
            case Expansion.Runs nothing -> nothing;
            case Expansion.Impossible impossible -> impossible;
        };
    }

    /**
     * The tasks with all their containers changed.
     *
     * @throws InvalidValueException when one of them has none
     */
    static List<Task> containers(Score<?> base, List<Task> tasks, String what, UnaryOperator<Container> change) {
        return tasks.stream().map(task -> task.containers(base, what, change)).toList();
    }

    @Override
    public ServiceName name() {
        return base.name();
    }

    @Override
    public List<ServiceName> previously() {
        return base.previously();
    }

    @Override
    public List<Volume> volumes() {
        return joined(base.volumes(), extension.volumes());
    }

    @Override
    public List<SecretRef> secrets() {
        return joined(base.secrets(), extension.secrets());
    }

    @Override
    public List<Score<?>> madeOf() {
        return List.of(base);
    }

    @Override
    public List<? extends Score<?>> members() {
        return base.members();
    }

    @Override
    public Set<ServiceName> reaches() {
        return base.reaches();
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return expansion(base, extension, deployment, inventory);
    }
}
