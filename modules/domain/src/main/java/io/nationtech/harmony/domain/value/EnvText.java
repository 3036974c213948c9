package io.nationtech.harmony.domain.value;

/**
 * The value of an environment variable: any text, also an empty one or one of several lines, without control characters but line feeds and
 * tabs, of at most 32,768 bytes of UTF-8. What is longer is a file. No place for secrets: everybody on the node may read it, and {@code secretEnv} is for those.
 */
public record EnvText(String value) {
    public EnvText {
        ProcessText.require("the value of an environment variable", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is too long, or has control characters or half a surrogate pair
     */
    public static EnvText of(String value) {
        return new EnvText(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
