package io.nationtech.harmony.config;

/** Makes a value of a text, for a type that has no factory {@code of} of its own. */
@FunctionalInterface
public interface Codec<T> {

    /**
     * Makes the value.
     *
     * @throws IllegalArgumentException when the text is not allowed; the message says why, and what would be
     */
    T parse(String text);
}
