package io.nationtech.harmony.mesh;

/** What came of a request. */
public sealed interface Reply {

    /** Somebody answered. */
    record Answer(Payload payload) implements Reply {}

    /** Nobody listens on the subject. */
    record NobodyThere() implements Reply {}

    /** No answer came in time. */
    record TimedOut() implements Reply {}
}
