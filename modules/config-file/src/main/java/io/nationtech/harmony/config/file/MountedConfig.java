package io.nationtech.harmony.config.file;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.MountedFile;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.score.Extension;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.MountPath;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.Comparator;
import java.util.List;

/**
 * A configuration file in a score's containers: {@code web.with(MountedConfig.of(ConfigFile.of("nginx.conf", "…"), path))}. Two scores of
 * a deployment give their files different names.
 *
 * @param <C> what it needs of the topology
 * @param file with the versions of its secrets as they are when it is planned
 * @param at where the containers find it
 */
public record MountedConfig<C extends Capability>(ConfigFile file, MountPath at) implements Extension<C> {

    /**
     * A file without secrets.
     *
     * @throws InvalidValueException when it has some
     */
    public static MountedConfig<ContainerRuntime> of(ConfigFile file, MountPath at) {
        if (!file.secrets().isEmpty()) {
            throw new InvalidValueException("configuration file '%s' holds secrets; say so: MountedConfig.withSecrets"
                            .formatted(file.name()))
                    .about(file);
        }
        return new MountedConfig<>(file, at);
    }

    /** A file with the values of secrets, on topologies that have secrets. */
    public static <C extends ContainerRuntime & SecretStore> MountedConfig<C> withSecrets(
            ConfigFile file, MountPath at) {
        return new MountedConfig<>(file, at);
    }

    @Override
    public List<SecretRef> secrets() {
        return file.secrets().stream()
                .map(MountedSecret::ref)
                .sorted(Comparator.comparing(SecretRef::name))
                .toList();
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        ConfigFile planned = file.withVersions(inventory::mounted);
        MountedFile mounted = new MountedFile(planned.id(), at);
        return new Expansion.Runs(tasks.stream()
                .map(task -> task.containers(
                                base,
                                "'%s'".formatted(file.name()),
                                container -> container.with(container.storage().mounting(mounted)))
                        .and(planned))
                .toList());
    }
}
