package io.nationtech.harmony.config;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.age.AgeIdentity;
import io.nationtech.harmony.secrets.age.AgeSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All sources of a configuration, on disk below one folder: an environment, a file, two age stores. */
final class World {
    final Map<String, String> environment = new HashMap<>();
    final Path file;
    final Secrets embedded;
    final Secrets second;
    Prompt prompt = Prompt.nobody();

    World(Path folder) {
        file = folder.resolve("harmony.conf");
        embedded = AgeSecrets.open(folder, EnvironmentName.of("prod"), AgeIdentity.generate());
        second = AgeSecrets.open(folder, EnvironmentName.of("second"), AgeIdentity.generate());
    }

    Config config() {
        return new Config(new ConfigSources(environment, ConfigFile.at(file), List.of(embedded, second), prompt));
    }

    World variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    World file(String text) throws IOException {
        Files.writeString(file, text);
        return this;
    }

    World secret(Secrets store, String name, String value) {
        try (Secret secret = Secret.takeFrom(value.toCharArray())) {
            store.put(SecretRef.parse(name), secret, 0);
        }
        return this;
    }

    World answers(Map<String, List<String>> answers) {
        Map<String, Integer> asked = new HashMap<>();
        prompt = question -> {
            int time = asked.merge(question.key().property(), 1, Integer::sum) - 1;
            List<String> mine = answers.getOrDefault(question.key().property(), List.of());
            return time < mine.size() ? Optional.of(mine.get(time).toCharArray()) : Optional.empty();
        };
        return this;
    }

    static String valueOf(Secrets store, SecretRef ref) {
        return switch (store.get(ref)) {
            case SecretLookup.Absent() -> "";
            case SecretLookup.Held held -> {
                try (Secret secret = held.secret()) {
                    yield secret.read(bytes -> new String(bytes, StandardCharsets.UTF_8));
                }
            }
        };
    }
}
