package io.nationtech.harmony.config.file;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Storage;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A file that a volume of a score begins with: {@code web.volumes(data).with(SeededFile.of(ConfigFile.of("settings.js", "…"), path))}. It is put there
 * by the container, as whoever that runs as, whenever it starts and the file is not there; from then on it is the application's, and nothing changes
 * it. A file that always is as it is declared: {@link MountedConfig}.
 *
 * @param file without secrets, which would then lie on the disk as they are
 * @param at in a volume of the score that was named before
 */
public record SeededFile(ConfigFile file, MountPath at) implements Extension<ContainerRuntime> {
    public SeededFile {
        if (!file.secrets().isEmpty()) {
            throw new InvalidValueException(
                            "configuration file '%s' holds secrets, which would lie in a volume as they are; mount it: MountedConfig.withSecrets"
                                    .formatted(file.name()))
                    .about(file);
        }
        if (file.mode() == ConfigFile.Mode.OWNER) {
            throw new InvalidValueException(
                            "configuration file '%s' is only for %s, and in a volume it belongs to whoever the container runs as; leave out onlyFor(…)"
                                    .formatted(file.name(), file.owner()))
                    .about(file);
        }
    }

    /**
     * A file to begin with.
     *
     * @throws InvalidValueException when it holds secrets or has an owner
     */
    public static SeededFile of(ConfigFile file, MountPath at) {
        return new SeededFile(file, at);
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        MountedFile seed = new MountedFile(file.id(), at);
        return new Expansion.Runs(
                tasks.stream().map(task -> having(base, task, use(task, seed))).toList());
    }

    private Task having(Score<?> base, Task task, UnaryOperator<Storage> use) {
        return task.containers(
                        base,
                        "'%s'".formatted(file.name()),
                        container -> container.with(use.apply(container.storage())))
                .and(file);
    }

    /** Of a group those have it whose volume it is in; when it is in none, the first one says so. */
    private UnaryOperator<Storage> use(Task task, MountedFile seed) {
        boolean isInSome = Container.among(task.resources().stream()).anyMatch(container -> isIn(container.storage()));
        return storage -> isInSome && !isIn(storage) ? storage : storage.seeded(seed);
    }

    private boolean isIn(Storage storage) {
        return storage.volumes().stream().anyMatch(volume -> volume.at().holds(at));
    }
}
