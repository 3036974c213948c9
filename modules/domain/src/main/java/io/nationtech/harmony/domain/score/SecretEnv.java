package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.SecretStore;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.value.EnvName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.domain.value.SecretText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Secrets that the process of a score's containers has in its environment, and in the files {@code /run/secrets/<name>}. Nothing but that
 * process and what it starts has them there: no file of podman's, no command line, and no program that is run beside it, as by a probe. A
 * new version of a secret makes new containers.
 *
 * @param variables at least one; several may have the same secret, and one several
 */
public record SecretEnv(Map<EnvName, SecretText> variables) implements Extension<SecretStore> {
    public SecretEnv {
        variables = Map.copyOf(variables);
        if (variables.isEmpty()) {
            throw new InvalidValueException("an environment with secrets has at least one variable");
        }
        variables.forEach((variable, text) -> {
            if (!variable.isOfShells()) {
                throw new InvalidValueException(
                                "variable %s has a '.' in its name, and shells, which put secrets into an environment, have none such; let the program read /run/secrets/<name> by secrets(…)"
                                        .formatted(variable))
                        .about(variable);
            }
            if (text.secrets().isEmpty()) {
                throw new InvalidValueException(
                                "the value of variable %s has no secret in it: say it by env(…)".formatted(variable))
                        .about(text);
            }
        });
    }

    /** One variable, with the value of a secret. */
    public static SecretEnv of(EnvName variable, SecretRef secret) {
        return of(variable, SecretText.of(secret));
    }

    /** One variable, with a text in which secrets stand. */
    public static SecretEnv of(EnvName variable, SecretText text) {
        return new SecretEnv(Map.of(variable, text));
    }

    /**
     * One variable more, with the value of a secret.
     *
     * @throws InvalidValueException when it is there already
     */
    public SecretEnv and(EnvName variable, SecretRef secret) {
        return and(variable, SecretText.of(secret));
    }

    /**
     * One variable more, with a text in which secrets stand.
     *
     * @throws InvalidValueException when it is there already
     */
    public SecretEnv and(EnvName variable, SecretText text) {
        requireNew(variable, variables);
        Map<EnvName, SecretText> all = new HashMap<>(variables);
        all.put(variable, text);
        return new SecretEnv(all);
    }

    private static void requireNew(EnvName variable, Map<EnvName, SecretText> before) {
        if (before.containsKey(variable)) {
            throw new InvalidValueException(
                            "variable %s has the value %s already".formatted(variable, before.get(variable)))
                    .about(variable);
        }
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        Container.among(tasks.stream().flatMap(task -> task.resources().stream()))
                .map(container -> container.security().env())
                .forEach(before -> variables.keySet().forEach(variable -> requireNew(variable, before)));
        return Secrets.reading(base, tasks, inventory, secrets(), security -> security.env(variables));
    }

    @Override
    public List<SecretRef> secrets() {
        return new TreeMap<>(variables)
                .values().stream()
                        .flatMap(text -> text.secrets().stream())
                        .distinct()
                        .toList();
    }
}
