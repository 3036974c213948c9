package io.nationtech.harmony.domain.value;

/** What fails together: a power strip, a rack, a room, an uplink. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record FailureDomain(String value) implements Comparable<FailureDomain> {
    public FailureDomain {
        Label.require("failure domain", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static FailureDomain of(String value) {
        return new FailureDomain(value);
    }

    @Override
    public int compareTo(FailureDomain other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
