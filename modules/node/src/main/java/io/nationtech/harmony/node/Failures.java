package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import java.util.Optional;

/** Why something is not as it should be. */
final class Failures {
    private Failures() {}

    static Optional<Cause> of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(Cause cause) -> Optional.of(cause);
            case Outcome.Changed _, Outcome.Unchanged() -> Optional.empty();
        };
    }
}
