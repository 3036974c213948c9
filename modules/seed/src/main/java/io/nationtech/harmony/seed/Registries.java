package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;

/** Where container images come from, as containers-registries.conf(5) says it. Podman checks it; here only that it can be one. */
public record Registries(String toml) {

    /**
     * @throws InvalidValueException when it cannot be one
     */
    public Registries {
        if (!toml.contains("registr")) {
            throw new InvalidValueException(
                    "there is no registry in it: a file as containers-registries.conf(5) describes it is wanted");
        }
    }
}
