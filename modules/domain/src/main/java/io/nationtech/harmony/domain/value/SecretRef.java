package io.nationtech.harmony.domain.value;

/** Where a secret is kept, never the secret itself: the name under which a secret store knows it. */
public record SecretRef(String name) {
    public SecretRef {
        Label.require("secret", name);
    }

    /**
     * @throws InvalidValueException when {@code name} is not a label
     */
    public static SecretRef of(String name) {
        return new SecretRef(name);
    }

    @Override
    public String toString() {
        return "secret:" + name;
    }
}
