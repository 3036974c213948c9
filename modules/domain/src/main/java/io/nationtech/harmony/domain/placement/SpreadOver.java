package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * How evenly the copies of one service stand over places. Counted are the places that have a node with the hardware that the
 * work needs and that accepts it, full or not.
 *
 * @param maxSkew how many copies a place may have more than the emptiest one, 1 to 1000. Preferred, each copy at a place counts
 *     against it, and the skew is not looked at
 */
public record SpreadOver(Scope scope, int maxSkew, Strength strength) {
    private static final int MOST = 1_000;

    public SpreadOver {
        if (maxSkew < 1 || maxSkew > MOST) {
            throw new InvalidValueException("skew of %d over a %s is outside 1..%d".formatted(maxSkew, scope, MOST));
        }
    }

    /** As evenly as can be over failure domains, and nowhere rather than otherwise. */
    public static SpreadOver failureDomains() {
        return new SpreadOver(Scope.FAILURE_DOMAIN, 1, Strength.required());
    }

    @Override
    public String toString() {
        return "spread over %ss, skew at most %d".formatted(scope, maxSkew);
    }
}
