package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Label;

/** A body of data that some nodes hold a copy of: a volume, a cache, a model. 1 to 63 of a-z, 0-9 and '-'. */
public record DataName(String value) implements Comparable<DataName> {
    public DataName {
        Label.require("data", value);
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
