package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import java.util.List;

/** What came of compiling a module. */
sealed interface MavenResult {

    /** It compiled. */
    record Compiled() implements MavenResult {}

    /**
     * It did not.
     *
     * @param details what the compiler or Maven said, line by line
     */
    record Refused(List<String> details, Cause cause) implements MavenResult {
        public Refused {
            details = List.copyOf(details);
        }
    }
}
