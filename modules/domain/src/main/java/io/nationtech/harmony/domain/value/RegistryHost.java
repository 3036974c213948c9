package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** Where a registry of container images answers, as in {@code registry.example.org} or {@code registry.internal:5000}; as it stands in references. */
public record RegistryHost(String value) {
    /** Possessive: no character of one part can begin the next, so that nothing is tried twice. */
    static final String NAME = "%1$s(?:\\.%1$s)*+".formatted("[a-zA-Z0-9]++(?:-++[a-zA-Z0-9]++)*+");

    private static final int LONGEST = 255;
    private static final Pattern FORM = Pattern.compile(NAME + "(?::[0-9]{1,5}+)?+");

    public RegistryHost {
        if (value.length() > LONGEST || !FORM.matcher(value).matches() || !isHost(value)) {
            throw new InvalidValueException(
                    "'%s' is no registry; write its host as it stands in references, as in registry.example.org or registry.internal:5000"
                            .formatted(value));
        }
        int colon = value.indexOf(':');
        if (colon >= 0) {
            Port.of(Integer.parseInt(value.substring(colon + 1)));
        }
    }

    /** Anything else that stands before a slash in a reference is a part of an image's name. */
    static boolean isHost(String name) {
        return name.contains(".") || name.contains(":") || name.equals("localhost");
    }

    /**
     * @throws InvalidValueException when {@code value} is none
     */
    public static RegistryHost of(String value) {
        return new RegistryHost(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
