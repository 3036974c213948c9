package io.nationtech.harmony.domain.system;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** The version of a node's operating system: when what it is built from was committed, as {@code YYYYMMDDhhmm} in UTC. The later is the newer. */
public record SystemVersion(String value) implements Comparable<SystemVersion> {
    private static final Pattern FORM = Pattern.compile("[0-9]{12}");

    public SystemVersion {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the version of an operating system; write 12 digits, as in 202611302100"
                            .formatted(value.length() > 50 ? value.substring(0, 50) + "…" : value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not 12 digits
     */
    public static SystemVersion of(String value) {
        return new SystemVersion(value);
    }

    /** Whether a node that runs the other one may be given this one. */
    public boolean isNewerThan(SystemVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(SystemVersion other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
