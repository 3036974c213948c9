package io.nationtech.harmony.config;

import io.nationtech.harmony.secrets.Secrets;
import java.util.List;
import java.util.Map;

/**
 * Where values are looked for, in this order; the first that has one wins.
 *
 * @param environment the variables of the process, {@code System.getenv()}
 * @param file the configuration file, which need not exist
 * @param stores secret stores in order: the embedded one, then OpenBao. Secrets that a person types in go to the first
 * @param prompt whom to ask for what is nowhere else
 */
public record ConfigSources(Map<String, String> environment, ConfigFile file, List<Secrets> stores, Prompt prompt) {
    public ConfigSources {
        environment = Map.copyOf(environment);
        stores = List.copyOf(stores);
    }

    /** Only the number of variables: their values may be anything. */
    @Override
    public String toString() {
        return "%d environment variables, %s, %s".formatted(environment.size(), file, stores);
    }
}
