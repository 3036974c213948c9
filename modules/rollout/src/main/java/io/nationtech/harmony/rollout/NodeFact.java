package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.Cause;

/** What is known of a node, about what it was told last. */
public sealed interface NodeFact {

    /** It said nothing of it yet, or is at it. */
    record Following(String how) implements NodeFact {}

    /** It has it. */
    record Converged() implements NodeFact {}

    /** It says that it cannot have it. */
    record Failed(Cause cause) implements NodeFact {}

    /** It was not heard of for long. */
    record Lost() implements NodeFact {}
}
