package io.nationtech.harmony.domain.check;

import java.util.Optional;

/** An exception of a checked factory that knows which argument is at fault and what would be accepted instead. */
public interface Refusal {

    /** The argument at fault, as it was given. */
    Optional<Object> culprit();

    /** What would be accepted and is likely meant; part of the message already. */
    Optional<String> suggestion();
}
