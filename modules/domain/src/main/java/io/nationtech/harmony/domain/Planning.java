package io.nationtech.harmony.domain;

/** What came of planning. */
public sealed interface Planning {

    /** Applying these changes makes the deployment true. */
    record Planned(Plan plan) implements Planning {}

    /** No change could make the deployment true. */
    record Impossible(Cause cause) implements Planning {}
}
