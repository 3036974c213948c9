package io.nationtech.harmony.domain;

/** What came of applying one change. */
public sealed interface Outcome {

    /** The world was changed and read back as desired. */
    record Changed(String what) implements Outcome {}

    /** The world was as desired already. */
    record Unchanged() implements Outcome {}

    /** The world is not as desired. */
    record Failed(Cause cause) implements Outcome {}
}
