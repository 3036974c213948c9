package io.nationtech.harmony.domain.value;

/** The name of a container, unique in its deployment on one node. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record ContainerName(String value) implements Comparable<ContainerName> {
    public ContainerName {
        Label.require("container", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static ContainerName of(String value) {
        return new ContainerName(value);
    }

    @Override
    public int compareTo(ContainerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
