package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.Cause;
import java.time.Instant;

/** How far one node is in a rollout. */
public sealed interface NodeProgress {

    /** It has what it had. */
    record Waiting() implements NodeProgress {}

    /** It is told what to have. */
    record Started(Instant at) implements NodeProgress {}

    /** It has it, but not for long enough yet. */
    record Healthy(Instant started, Instant since) implements NodeProgress {}

    /** It has it. */
    record Done() implements NodeProgress {}

    /** It is told, and lost: it follows when it comes back, and is not waited for. */
    record Lost() implements NodeProgress {}

    /** It did not follow, and is out of service for all that is known. */
    record Failed(Cause cause) implements NodeProgress {}

    /** It is told what it had before. */
    record Returning(Instant at) implements NodeProgress {}

    /** It has what it had before. */
    record Returned() implements NodeProgress {}

    /** Whether it is told something and waited for. */
    default boolean isUnderWay() {
        return switch (this) {
            case Started _, Healthy _, Returning _ -> true;
            case Waiting(), Done(), Lost(), Failed _, Returned() -> false;
        };
    }
}
