package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** A folder in a container: {@code /}, or an absolute path of names of A-Z, a-z, 0-9, '.', '_' and '-', at most 255 characters. */
public record FolderPath(String value) {
    private static final int LONGEST = 255;
    private static final Pattern FORM = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]++)++");

    public FolderPath {
        if (!value.equals("/") && !isBelowRoot(value)) {
            throw new InvalidValueException(
                    "'%s' is not a folder in a container; write an absolute path without '.' and '..', as in /usr/src/app"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not an absolute path
     */
    public static FolderPath of(String value) {
        return new FolderPath(value);
    }

    /** Whether it is the path of something in a container, other than its root. */
    static boolean isBelowRoot(String path) {
        return path.length() <= LONGEST && FORM.matcher(path).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
