package io.nationtech.harmony.importer;

/**
 * Why an application cannot be imported. Never has the value of a secret in it.
 *
 * @param at where that stands
 * @param what with the values that matter
 * @param next what can be done
 */
public record Refusal(Place at, String what, String next) {
    @Override
    public String toString() {
        return "%s: %s; %s".formatted(at, what, next);
    }
}
