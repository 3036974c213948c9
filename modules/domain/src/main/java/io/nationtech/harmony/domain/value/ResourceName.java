package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** A resource's name, unique among those of its kind. 1 to 253 of A-Z, a-z, 0-9 and {@code . _ : / -}. */
public record ResourceName(String value) implements Comparable<ResourceName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,252}");

    public ResourceName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a resource's name: use up to 253 letters, digits and . _ : / -".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not a name
     */
    public static ResourceName of(String value) {
        return new ResourceName(value);
    }

    @Override
    public int compareTo(ResourceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
