package io.nationtech.harmony.mesh;

/** What came of a compare-and-set. */
public sealed interface Written {

    /** It was written under this revision. */
    record At(long revision) implements Written {}

    /** Somebody else wrote first; nothing was changed. */
    record Conflict() implements Written {}
}
