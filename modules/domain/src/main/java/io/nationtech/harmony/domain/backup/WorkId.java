package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** Which piece of work a node was asked for, as in {@code restore-1764374400123}: what it is, and when it was asked. */
public record WorkId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z]{1,16}-[0-9]{1,19}");

    public WorkId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'%s' is no work of a node".formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
