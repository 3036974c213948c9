package io.nationtech.harmony.nats.identity;

import java.util.List;
import java.util.Map;

/**
 * What those of one kind may do. {@link #NAME} in a subject stands for who connects, so one role serves all nodes.
 *
 * @param name for people
 * @param publish subjects that may be written to
 * @param subscribe subjects that may be heard
 */
public record MeshRole(String name, List<String> publish, List<String> subscribe) {
    /** The name of who connects, as servers fill it in. */
    public static final String NAME = "{{name()}}";

    private static final int UNLIMITED = -1;

    public MeshRole {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
    }

    /** As a server reads it: whoever is let in by this key may do that and no more. */
    Map<String, Object> scope(PublicKey key) {
        return Map.of(
                "kind",
                "user_scope",
                "key",
                key.text(),
                "role",
                name,
                "template",
                Map.of(
                        "pub", permitted(publish),
                        "sub", permitted(subscribe),
                        "subs", UNLIMITED,
                        "data", UNLIMITED,
                        "payload", UNLIMITED));
    }

    /** A list of nothing would permit everything. */
    private static Map<String, Object> permitted(List<String> subjects) {
        return subjects.isEmpty() ? Map.of("deny", List.of(">")) : Map.of("allow", subjects);
    }
}
