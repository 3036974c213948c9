package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/** What becomes of work whose node is lost. */
public sealed interface LossPolicy {

    /** The usual tolerance: longer than a router's restart. */
    LossPolicy USUAL = new Moves(Duration.ofMinutes(2));

    /**
     * Stateless: another copy starts elsewhere once the node is lost for this long; for a time two copies may run.
     *
     * @param tolerance zero to 30 days
     */
    record Moves(Duration tolerance) implements LossPolicy {
        public Moves {
            LossPolicy.requireTolerance(tolerance);
        }
    }

    /** Stateful: the work is where its data is, and waits for its node. */
    record Stays() implements LossPolicy {}

    /**
     * Stateful: the work goes to where a copy of its data is, and two never run at once: its node ends it by its own clock when it
     * has been cut off for {@code stops}, the others start it after {@code moves}.
     *
     * @param stops longer than zero
     * @param moves longer than {@code stops} by at least 5 s, at most 30 days
     */
    record FollowsData(DataName data, Duration stops, Duration moves) implements LossPolicy {
        private static final Duration MARGIN = Duration.ofSeconds(5);

        public FollowsData {
            LossPolicy.requireTolerance(moves);
            if (!stops.isPositive() || moves.compareTo(stops.plus(MARGIN)) < 0) {
                throw new InvalidValueException(
                        "work that follows data %s stops after %s and moves after %s; it must stop %s before it moves, or it runs twice"
                                .formatted(data, stops, moves, MARGIN));
            }
        }
    }

    private static void requireTolerance(Duration tolerance) {
        if (tolerance.isNegative() || tolerance.compareTo(Duration.ofDays(30)) > 0) {
            throw new InvalidValueException("tolerance %s of a lost node is outside 0..30 days".formatted(tolerance));
        }
    }
}
