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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Secrets that the process of a score's containers has in its environment, and in the files {@code /run/secrets/<name>}. Nothing but that
 * process and what it starts has them there: no file of podman's, no command line, and no program that is run beside it, as by a probe. A
 * new version of a secret makes new containers.
 *
 * @param variables at least one; several may have the same secret
 */
public record SecretEnv(Map<EnvName, SecretRef> variables) implements Extension<SecretStore> {
    public SecretEnv {
        variables = Map.copyOf(variables);
        if (variables.isEmpty()) {
            throw new InvalidValueException("an environment with secrets has at least one variable");
        }
    }

    /** One variable. */
    public static SecretEnv of(EnvName variable, SecretRef secret) {
        return new SecretEnv(Map.of(variable, secret));
    }

    /**
     * One variable more.
     *
     * @throws InvalidValueException when it is there already
     */
    public SecretEnv and(EnvName variable, SecretRef secret) {
        requireNew(variable, variables);
        Map<EnvName, SecretRef> all = new HashMap<>(variables);
        all.put(variable, secret);
        return new SecretEnv(all);
    }

    private static void requireNew(EnvName variable, Map<EnvName, SecretRef> before) {
        if (before.containsKey(variable)) {
            throw new InvalidValueException("variable %s has the value of secret '%s' already"
                            .formatted(variable, before.get(variable).name()))
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
        return new TreeMap<>(variables).values().stream().distinct().toList();
    }
}
