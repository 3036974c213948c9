package io.nationtech.harmony.config;

import java.util.Optional;

/** Asks a person. */
@FunctionalInterface
public interface Prompt {

    /** Whether what is typed may be seen. */
    enum Echo {
        SHOWN,
        HIDDEN
    }

    /**
     * What is asked for.
     *
     * @param type what the answer should be, such as {@code DnsName}
     * @param complaint why the answer before was refused
     */
    record Question(ConfigKey key, String type, Echo echo, Optional<String> complaint) {}

    /** The answer, which the caller overwrites; empty when there is nobody to ask, or no answer. */
    Optional<char[]> ask(Question question);

    /** Nobody to ask, as in CI: what is missing is an error. */
    static Prompt nobody() {
        return question -> Optional.empty();
    }
}
