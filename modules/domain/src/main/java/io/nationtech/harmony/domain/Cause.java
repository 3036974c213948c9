package io.nationtech.harmony.domain;

/**
 * Why something failed, told so that a person can act.
 *
 * @param what what is wrong, with the values that matter; one sentence without a final stop
 * @param where the node, file, address or resource concerned
 * @param next what to do next
 */
public record Cause(String what, String where, String next) {

    /** The cause on two lines, as people read it. */
    @Override
    public String toString() {
        return "%s (%s)%n  → %s".formatted(what, where, next);
    }
}
