package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** A body of data that some nodes hold a copy of: a volume, a cache, a model. 1 to 63 of a-z, 0-9 and '-'. */
public record DataName(String value) implements Comparable<DataName> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public DataName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "data '%s' is not a label: use up to 63 of a-z, 0-9 and '-', '-' not at an end".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static DataName of(String value) {
        return new DataName(value);
    }

    @Override
    public int compareTo(DataName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
