package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;

/** What came of reading something written elsewhere. */
public sealed interface Decoded<T> {

    /** It was understood. */
    record Value<T>(T value) implements Decoded<T> {}

    /** It was not: broken, or from a newer version. */
    record Unreadable<T>(Cause cause) implements Decoded<T> {}
}
