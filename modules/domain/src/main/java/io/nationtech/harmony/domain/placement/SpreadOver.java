package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Replicas;

/**
 * How evenly the copies of one service stand over places. Counted are the places that have a node with the hardware that the
 * work needs and that accepts it, full or not.
 *
 * @param maxSkew how many copies a place may have more than the emptiest one, 1 to 5000. Preferred, each copy at a place counts
 *     against it, and neither number is looked at
 * @param most how many copies a place may have at all, 1 to 5000
 */
public record SpreadOver(Scope scope, int maxSkew, int most, Strength strength) {
    private static final int MOST = 5_000;
    private static final int OUTWEIGHS_FULLNESS = 100;

    public SpreadOver {
        if (maxSkew < 1 || maxSkew > MOST) {
            throw new InvalidValueException("skew of %d over a %s is outside 1..%d".formatted(maxSkew, scope, MOST));
        }
        if (most < 1 || most > MOST) {
            throw new InvalidValueException("%d copies in a %s are outside 1..%d".formatted(most, scope, MOST));
        }
    }

    /** With any number of copies at a place. */
    public SpreadOver(Scope scope, int maxSkew, Strength strength) {
        this(scope, maxSkew, MOST, strength);
    }

    /** As evenly as can be over failure domains, and nowhere rather than otherwise. */
    public static SpreadOver failureDomains() {
        return new SpreadOver(Scope.FAILURE_DOMAIN, 1, Strength.required());
    }

    /** As evenly over failure domains as there is room, however full the nodes are. */
    public static SpreadOver failureDomainsIfPossible() {
        return new SpreadOver(Scope.FAILURE_DOMAIN, 1, Strength.preferred(OUTWEIGHS_FULLNESS));
    }

    /** So many copies in one failure domain, and nowhere rather than more. */
    public static SpreadOver atMostInFailureDomain(Replicas copies) {
        return new SpreadOver(Scope.FAILURE_DOMAIN, MOST, copies.count(), Strength.required());
    }

    @Override
    public String toString() {
        return most < MOST
                ? "at most %d in one %s".formatted(most, scope)
                : "spread over %ss, skew at most %d".formatted(scope, maxSkew);
    }
}
