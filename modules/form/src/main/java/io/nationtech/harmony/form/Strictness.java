package io.nationtech.harmony.form;

/** What becomes of what a form says and its reader does not know. */
public enum Strictness {
    /** It is refused by name: what one is told to do must not be done in part. */
    REFUSE_UNKNOWN,
    /**
     * Unknown fields are left out. An item of a list whose kind is not known, or that has an unknown word, is left out and told
     * in {@link Reading#leftOut()}.
     */
    IGNORE_UNKNOWN
}
