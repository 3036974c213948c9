package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.node.Container.Security;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.Volume;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service whose containers read secrets from the files {@code /run/secrets/<name>}. Made by {@link ContainerService#reads},
 * {@link QuorumService#reads} or {@link StatefulService#reads}. A new version of a secret makes new containers.
 *
 * @param <C> a set that has secrets beside containers, so that a topology without a secret store is refused by the compiler
 * @param service what runs
 * @param secrets each once
 */
public record ServiceWithSecrets<C extends ContainerRuntime & SecretStore>(
        Score<? super C> service, List<SecretRef> secrets) implements Score<C> {
    public ServiceWithSecrets {
        secrets = List.copyOf(secrets);
        Set<SecretRef> names = new HashSet<>();
        for (SecretRef secret : secrets) {
            if (!names.add(secret)) {
                throw new InvalidValueException(
                                "service '%s' reads secret '%s' twice".formatted(service.name(), secret.name()))
                        .about(secret);
            }
        }
    }

    static <C extends ContainerRuntime & SecretStore> ServiceWithSecrets<C> of(
            Score<? super C> service, SecretRef first, SecretRef... others) {
        return new ServiceWithSecrets<>(
                service, Stream.concat(Stream.of(first), Stream.of(others)).toList());
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
    public List<Volume> volumes() {
        return service.volumes();
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        List<SecretRef> unknown = secrets.stream()
                .filter(secret -> !inventory.secrets().containsKey(secret))
                .toList();
        if (!unknown.isEmpty()) {
            return new Expansion.Impossible(new Cause(
                    "service '%s' reads %s, of which no version is known".formatted(name(), unknown),
                    "deployment '%s'".formatted(deployment),
                    "plan with a secret store that has it: harmony secret set "
                            + unknown.getFirst().name()));
        }
        List<MountedSecret> mounted =
                secrets.stream().map(secret -> inventory.mounted(secret)).toList();
        return switch (service.expand(deployment, inventory)) {
            case Expansion.Runs(List<Task> tasks) ->
                new Expansion.Runs(tasks.stream()
                        .map(task -> new Task(
                                task.workload(),
                                task.resources().stream()
                                        .map(resource -> reading(resource, mounted))
                                        .toList()))
                        .toList());
            case Expansion.Impossible impossible -> impossible;
        };
    }

    private static NodeResource reading(NodeResource resource, List<MountedSecret> mounted) {
        return resource instanceof Container container ? container.with(Security.reading(mounted)) : resource;
    }
}
