package io.nationtech.harmony.domain.value;

import java.util.Locale;
import java.util.regex.Pattern;

/** The one rule for names of things: a DNS label (RFC 1123 §2.1), as these names end up in subjects, units and hosts. */
public final class Label {
    private static final int LONGEST = 63;
    private static final Pattern FORM = Pattern.compile("[a-z0-9]++(?:-++[a-z0-9]++)*+");

    private Label() {}

    /**
     * The value itself, if it is one.
     *
     * @param kind what it names, for the refusal
     * @throws InvalidValueException when it is longer than 63 characters, or no label
     */
    public static String require(String kind, String value) {
        if (value.length() > LONGEST) {
            throw new InvalidValueException("%s '%s' has %d characters; a label has at most %d"
                    .formatted(kind, value, value.length(), LONGEST));
        }
        if (!FORM.matcher(value).matches()) {
            InvalidValueException refusal = new InvalidValueException(
                    "%s '%s' is not a label: use a-z, 0-9 and '-', beginning and ending with a letter or digit"
                            .formatted(kind, value));
            String likely = likely(value);
            throw FORM.matcher(likely).matches() ? refusal.suggesting("'" + likely + "'") : refusal;
        }
        return value;
    }

    private static String likely(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
