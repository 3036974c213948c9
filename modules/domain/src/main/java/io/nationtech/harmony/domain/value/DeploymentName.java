package io.nationtech.harmony.domain.value;

/** The name of a deployment, unique in its mesh. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record DeploymentName(String value) implements Comparable<DeploymentName> {
    public DeploymentName {
        Label.require("deployment", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static DeploymentName of(String value) {
        return new DeploymentName(value);
    }

    @Override
    public int compareTo(DeploymentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
