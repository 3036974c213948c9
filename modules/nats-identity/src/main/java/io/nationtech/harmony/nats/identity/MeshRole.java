package io.nationtech.harmony.nats.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What those of one kind may do. {@link #NAME} in a subject stands for who connects, so one role serves all nodes.
 *
 * @param name for people
 * @param publish subjects that may be written to
 * @param subscribe subjects that may be heard
 * @param answers whether who is asked on a subject may answer where the asker says
 */
public record MeshRole(String name, List<String> publish, List<String> subscribe, Answers answers) {
    /** The name of who connects, as servers fill it in. */
    public static final String NAME = "{{name()}}";

    private static final int UNLIMITED = -1;

    private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

    /** Whether questions may be answered. */
    public enum Answers {
        NONE,
        /** Each question once, within 10 minutes. */
        ONE
    }

    /** One that answers nothing. */
    public MeshRole(String name, List<String> publish, List<String> subscribe) {
        this(name, publish, subscribe, Answers.NONE);
    }

    public MeshRole {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
    }

    /** As a server reads it: whoever is let in by this key may do that and no more. */
    Map<String, Object> scope(PublicKey key) {
        Map<String, Object> template = new LinkedHashMap<>(Map.of(
                "pub", permitted(publish),
                "sub", permitted(subscribe),
                "subs", UNLIMITED,
                "data", UNLIMITED,
                "payload", UNLIMITED));
        if (answers == Answers.ONE) {
            template.put("resp", Map.of("max", 1, "ttl", LONGEST_WORK.toNanos()));
        }
        return Map.of("kind", "user_scope", "key", key.text(), "role", name, "template", template);
    }

    /** A list of nothing would permit everything. */
    private static Map<String, Object> permitted(List<String> subjects) {
        return subjects.isEmpty() ? Map.of("deny", List.of(">")) : Map.of("allow", subjects);
    }
}
