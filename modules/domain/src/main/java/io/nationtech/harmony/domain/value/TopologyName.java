package io.nationtech.harmony.domain.value;

/** The name of a topology. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record TopologyName(String value) implements Comparable<TopologyName> {
    public TopologyName {
        Label.require("topology", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static TopologyName of(String value) {
        return new TopologyName(value);
    }

    @Override
    public int compareTo(TopologyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
