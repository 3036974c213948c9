package io.nationtech.harmony.domain;

/**
 * What came of planning.
 *
 * @param <P> a plan
 */
public sealed interface Planning<P> {

    /** Applying this makes the deployment true. */
    record Planned<P>(P plan) implements Planning<P> {}

    /** Nothing could make the deployment true. */
    record Impossible<P>(Cause cause) implements Planning<P> {}
}
