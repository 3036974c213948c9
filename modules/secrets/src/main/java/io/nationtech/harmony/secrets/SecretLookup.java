package io.nationtech.harmony.secrets;

/** What a store has under a reference. */
public sealed interface SecretLookup {

    /**
     * It is kept there.
     *
     * @param secret the value; whoever asked closes it
     * @param version 1 for the first value that was put, one more for each that followed
     */
    record Held(Secret secret, long version) implements SecretLookup {}

    /** There is none of that name. */
    record Absent() implements SecretLookup {}
}
