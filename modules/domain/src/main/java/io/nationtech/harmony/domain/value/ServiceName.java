package io.nationtech.harmony.domain.value;

/** The name of a service, unique in its deployment. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record ServiceName(String value) implements Comparable<ServiceName> {
    public ServiceName {
        Label.require("service", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static ServiceName of(String value) {
        return new ServiceName(value);
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
