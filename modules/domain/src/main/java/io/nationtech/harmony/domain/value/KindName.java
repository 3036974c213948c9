package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** What sort of thing a resource is: which driver reads and writes it. 1 to 63 of a-z, 0-9 and '-'. */
public record KindName(String value) implements Comparable<KindName> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public KindName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a kind of resource: use a-z, 0-9 and '-', as in dns-record".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not a kind
     */
    public static KindName of(String value) {
        return new KindName(value);
    }

    @Override
    public int compareTo(KindName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
