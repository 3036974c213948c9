package io.nationtech.harmony.domain.system;

import io.nationtech.harmony.domain.Cause;

/** What a node answers that is to forget everything, at once. */
public sealed interface ResetAnswer {

    /** It is at it, and is not heard of again under its name. */
    record Begun() implements ResetAnswer {}

    /** Nothing is done. */
    record Refused(Cause cause) implements ResetAnswer {}
}
