package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.Cause;

/** Whether a node has what it was told to have. */
public sealed interface Convergence {

    /** The node is at it. */
    record Converging() implements Convergence {}

    /** The node has it. */
    record Converged() implements Convergence {}

    /** The node cannot have it now; it tries again, and what ran before goes on. Or it went back to that by itself, for good. */
    record Failed(Cause cause) implements Convergence {}
}
