package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.node.PullLogin;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.RegistryHost;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who nodes are to a registry that does not give its images to everybody: {@code web.with(RegistryLogin.of(RegistryHost.of("registry.example.org"),
 * SecretRef.of("registry")))}. The secret's value is {@code user:password}, in one line; nodes use it while they fetch, and containers do not get it. Of
 * several containers those have it whose image is of that registry.
 */
public record RegistryLogin(RegistryHost registry, SecretRef login) implements Extension<SecretStore> {

    /** At that registry, and at no other. */
    public static RegistryLogin of(RegistryHost registry, SecretRef login) {
        return new RegistryLogin(registry, login);
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        if (Container.among(tasks.stream().flatMap(task -> task.resources().stream()))
                .noneMatch(this::isThere)) {
            throw new InvalidValueException("score '%s' logs in at registry '%s', and has no image of it: %s"
                            .formatted(
                                    base.name(),
                                    registry,
                                    Container.among(tasks.stream().flatMap(task -> task.resources().stream()))
                                            .map(container -> container.image().value())
                                            .distinct()
                                            .collect(Collectors.joining(", "))))
                    .about(this);
        }
        Optional<Expansion> missing = Secrets.missing(base, inventory, secrets());
        if (missing.isPresent()) {
            return missing.get();
        }
        MountedSecret secret = inventory.mounted(login);
        return new Expansion.Runs(Extended.containers(
                base,
                tasks,
                "a login at a registry",
                container -> isThere(container) ? loggingIn(container, new PullLogin(registry, secret)) : container));
    }

    private boolean isThere(Container container) {
        return container.image().registry().equals(registry);
    }

    private Container loggingIn(Container container, PullLogin other) {
        container.pull().login().ifPresent(before -> {
            throw new InvalidValueException("container '%s' logs in at registry '%s' with secret '%s' already"
                            .formatted(
                                    container.name(),
                                    registry,
                                    before.secret().ref().name()))
                    .about(this);
        });
        return container.with(container.pull().with(other));
    }

    @Override
    public List<SecretRef> secrets() {
        return List.of(login);
    }
}
