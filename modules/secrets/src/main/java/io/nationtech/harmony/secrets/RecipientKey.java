package io.nationtech.harmony.secrets;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The public key of someone who may open what is sealed for them, such as {@code age1…}. It is no secret. Which kinds there are
 * is the adapter's affair; it refuses one that it cannot seal for.
 */
public record RecipientKey(String value) implements Comparable<RecipientKey> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{8,512}");

    public RecipientKey {
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
    public static RecipientKey of(String value) {
        return new RecipientKey(value);
    }

    @Override
    public int compareTo(RecipientKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
