package io.nationtech.harmony.secrets;

/** What came of putting a secret. */
public sealed interface Stored {

    /** It is kept, on disk, under this version. */
    record At(long version) implements Stored {}

    /** Somebody else put a value first; nothing was changed. */
    record Conflict() implements Stored {}
}
