package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The operating system of a node.
 *
 * @param id as {@code ID} in os-release(5), as in {@code debian}
 * @param version as {@code VERSION_ID} there
 * @param kernel the running kernel's version
 */
public record OperatingSystem(String id, OsVersion version, OsVersion kernel) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9._-]{1,32}");

    public OperatingSystem {
        if (!FORM.matcher(id).matches()) {
            throw new InvalidValueException(
                    "'%s' is not an operating system's id; write os-release's ID, as in debian".formatted(id));
        }
    }

    @Override
    public String toString() {
        return "%s %s, Linux %s".formatted(id, version, kernel);
    }
}
