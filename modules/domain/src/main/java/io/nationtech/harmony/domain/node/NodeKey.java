package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** The public key of a node, for which secrets are sealed so that it alone can open them, such as {@code age1…}. No secret. */
public record NodeKey(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{8,512}");

    public NodeKey {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "this is not a public key; it is one word of 8 to 512 lower-case letters and digits, as in age1…");
        }
    }

    /**
     * The public key written as this word.
     *
     * @throws InvalidValueException when {@code value} is not such a word; it is not repeated, as it may be a private key
     */
    public static NodeKey of(String value) {
        return new NodeKey(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
