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
 * @param never subjects that may not be written to, although what may be includes them
 * @param answers whether who is asked on a subject may answer where the asker says
 */
public record MeshRole(String name, List<String> publish, List<String> subscribe, List<String> never, Answers answers) {
    /** The name of who connects, as servers fill it in. */
    public static final String NAME = "{{name()}}";
    /** Each deployment that the login of who connects names, as servers fill it in; where there are several of these, each pair. */
    public static final String DEPLOYMENT = "{{tag(%s)}}".formatted(Token.GRANT_DEPLOYMENT);
    /** Each node that the login of who connects names. */
    public static final String NODE = "{{tag(%s)}}".formatted(Token.GRANT_NODE);

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

    /** One that may write to all that its subjects include. */
    public MeshRole(String name, List<String> publish, List<String> subscribe, Answers answers) {
        this(name, publish, subscribe, List.of(), answers);
    }

    public MeshRole {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        never = List.copyOf(never);
    }

    /** As a server reads it: whoever is let in by this key may do that and no more. */
    Map<String, Object> scope(PublicKey key) {
        return Map.of("kind", "user_scope", "key", key.text(), "role", name, "template", permissions());
    }

    /** What stands in a login whose signer's key says nothing of it. */
    Map<String, Object> permissions() {
        Map<String, Object> permissions = new LinkedHashMap<>(Map.of(
                "pub", never.isEmpty() ? permitted(publish) : Map.of("allow", publish, "deny", never),
                "sub", permitted(subscribe),
                "subs", UNLIMITED,
                "data", UNLIMITED,
                "payload", UNLIMITED));
        if (answers == Answers.ONE) {
            permissions.put("resp", Map.of("max", 1, "ttl", LONGEST_WORK.toNanos()));
        }
        return permissions;
    }

    /** A list of nothing would permit everything. */
    private static Map<String, Object> permitted(List<String> subjects) {
        return subjects.isEmpty() ? Map.of("deny", List.of(">")) : Map.of("allow", subjects);
    }
}
