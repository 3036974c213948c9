package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** A folder of a share, for one repository and nothing else: 1 to 63 of A-Z, a-z, 0-9, '_' and '-'. */
public record RepositoryFolder(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    /** What is meant when nothing is said. */
    public static final RepositoryFolder DEFAULT = new RepositoryFolder("harmony-backup");

    public RepositoryFolder {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the name of a folder in a share; use up to 63 of A-Z, a-z, 0-9, '_' and '-'"
                            .formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /**
     * @throws InvalidValueException when it is no such name
     */
    public static RepositoryFolder of(String value) {
        return new RepositoryFolder(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
