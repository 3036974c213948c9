package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.Container.Security;
import io.nationtech.harmony.domain.node.MountedSecret;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets that a score's containers read from the files {@code /run/secrets/<name>}. A new version of a secret makes new containers.
 *
 * @param secrets each once
 */
public record Secrets(List<SecretRef> secrets) implements Extension<SecretStore> {
    public Secrets {
        secrets = List.copyOf(secrets);
    }

    /** These secrets. */
    public static Secrets of(SecretRef first, SecretRef... others) {
        return new Secrets(Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        requireOnce(base, tasks);
        return reading(base, tasks, inventory, secrets, UnaryOperator.identity());
    }

    /** The tasks, whose containers read secrets and know them in one more way. */
    static Expansion reading(
            Score<?> base,
            List<Task> tasks,
            Inventory inventory,
            List<SecretRef> secrets,
            UnaryOperator<Security> how) {
        Optional<Expansion> missing = missing(base, inventory, secrets);
        if (missing.isPresent()) {
            return missing.get();
        }
        List<MountedSecret> mounted = secrets.stream().map(inventory::mounted).toList();
        // Of several containers that run together each has secrets of its own beside what is said of all.
        return new Expansion.Runs(Extended.containers(
                base,
                tasks,
                "secrets",
                container -> container.with(how.apply(container.security().and(mounted)))));
    }

    /** What becomes of a score that needs secrets of which no version is known; empty when all are. */
    static Optional<Expansion> missing(Score<?> base, Inventory inventory, List<SecretRef> secrets) {
        List<SecretRef> unknown = secrets.stream()
                .filter(secret -> !inventory.secrets().containsKey(secret))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expansion.Impossible(new Cause(
                        "service '%s' reads %s, of which no version is known".formatted(base.name(), unknown),
                        "secrets of service '%s'".formatted(base.name()),
                        "plan with a secret store that has it: harmony secret set "
                                + unknown.getFirst().name())));
    }

    /** One that a variable has may be read from its file as well. */
    private void requireOnce(Score<?> base, List<Task> tasks) {
        Set<SecretRef> seen = Container.among(tasks.stream().flatMap(task -> task.resources().stream()))
                .map(Container::security)
                .flatMap(security -> security.secrets().stream()
                        .map(MountedSecret::ref)
                        .filter(secret -> security.env().values().stream()
                                .noneMatch(text -> text.secrets().contains(secret))))
                .collect(Collectors.toCollection(HashSet::new));
        for (SecretRef secret : secrets) {
            if (!seen.add(secret)) {
                throw new InvalidValueException(
                                "service '%s' reads secret '%s' twice".formatted(base.name(), secret.name()))
                        .about(secret);
            }
        }
    }
}
