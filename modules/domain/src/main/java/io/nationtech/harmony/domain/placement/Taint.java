package io.nationtech.harmony.domain.placement;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Label;

/** Why a node refuses work that does not say it can live with that, as in {@code noisy}. 1 to 63 of a-z, 0-9 and '-'. */
public record Taint(String value) implements Comparable<Taint> {
    public Taint {
        Label.require("taint", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static Taint of(String value) {
        return new Taint(value);
    }

    @Override
    public int compareTo(Taint other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
