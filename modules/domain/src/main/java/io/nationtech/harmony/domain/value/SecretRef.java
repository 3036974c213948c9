package io.nationtech.harmony.domain.value;

import io.nationtech.harmony.domain.check.ConstantOnly;
import io.nationtech.harmony.domain.check.RunTimeOnly;

/**
 * Where a secret is kept, never the secret itself: the name under which a secret store knows it. In code the name is a constant,
 * so that no secret is taken for one by mistake.
 */
public record SecretRef(String name) {
    private static final String WHY = "a plan names every secret before anything runs; data has SecretRef.parse";

    @ConstantOnly(because = WHY)
    public SecretRef {
        Label.require("secret", name);
    }

    /**
     * @throws InvalidValueException when {@code name} is not a label
     */
    @ConstantOnly(because = WHY)
    public static SecretRef of(String name) {
        return new SecretRef(name);
    }

    /**
     * A name that comes from outside the program: a store's own list, a file.
     *
     * @throws InvalidValueException when {@code name} is not a label
     */
    @RunTimeOnly(instead = "SecretRef.of")
    public static SecretRef parse(String name) {
        return new SecretRef(name);
    }

    @Override
    public String toString() {
        return "secret:" + name;
    }
}
