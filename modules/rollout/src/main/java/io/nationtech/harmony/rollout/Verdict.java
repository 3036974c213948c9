package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import java.time.Instant;

/** How a rollout stands. */
public sealed interface Verdict {

    /** It goes on. */
    record Running() implements Verdict {}

    /**
     * Somebody had it pause: what is under way ends, and nothing is begun.
     *
     * @param since by their clock
     */
    record Paused(Author by, Instant since) implements Verdict {}

    /** Too many failed, and nodes get back what they had. */
    record RollingBack(Cause why) implements Verdict {}

    /** Every node was reached, or is named as lost or as one that failed and may. */
    record Done() implements Verdict {}

    /** It ended before all nodes were reached. */
    record Stopped(Cause why) implements Verdict {}

    /** Nodes have what they had, but for those that are named as failed. */
    record RolledBack(Cause why) implements Verdict {}

    /** Whether nothing more will happen. */
    default boolean isFinal() {
        return switch (this) {
            case Running(), Paused _, RollingBack _ -> false;
            case Done(), Stopped _, RolledBack _ -> true;
        };
    }
}
