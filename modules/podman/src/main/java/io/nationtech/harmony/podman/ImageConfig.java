package io.nationtech.harmony.podman;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * How an image says that its containers' process is started, as in {@code podman image inspect}.
 *
 * @param entrypoint the first words
 * @param cmd the words after that, where a container says none
 * @param env as in {@code TZ=UTC}
 */
record ImageConfig(List<String> entrypoint, List<String> cmd, List<String> env) {
    ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = List.copyOf(env);
    }

    /** Empty when that is no configuration. */
    static Optional<ImageConfig> parse(String json) {
        try {
            Map<String, Object> fields = JSON.std.mapFrom(json);
            return Optional.of(new ImageConfig(
                    texts(fields.get("Entrypoint")), texts(fields.get("Cmd")), texts(fields.get("Env"))));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
