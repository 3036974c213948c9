package io.nationtech.harmony.domain.rollout;

import io.nationtech.harmony.domain.value.InvalidValueException;

/**
 * How many nodes may fail to follow while the rollout goes on.
 *
 * @param perFailureDomain of each failure domain, 0 and up; with one more the rollout ends as {@link OnFailure} says
 */
public record FailureBudget(int perFailureDomain) {
    public FailureBudget {
        if (perFailureDomain < 0) {
            throw new InvalidValueException("%d nodes cannot fail; write 0 when none may".formatted(perFailureDomain));
        }
    }

    /** No node may fail. */
    public static FailureBudget none() {
        return new FailureBudget(0);
    }

    /**
     * @throws InvalidValueException when {@code nodes} is negative
     */
    public static FailureBudget perFailureDomain(int nodes) {
        return new FailureBudget(nodes);
    }
}
