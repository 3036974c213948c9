package io.nationtech.harmony.domain.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** Which snapshot: 8 to 64 hex digits, of which the first few are enough where no other begins so. */
public record SnapshotId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8,64}");
    private static final int SHORT = 8;

    public SnapshotId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a snapshot: write 8 to 64 of 0-9 and a-f, as `harmony backup list` shows them"
                            .formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /**
     * @throws InvalidValueException when it is not of this form
     */
    public static SnapshotId of(String value) {
        return new SnapshotId(value);
    }

    /** Whether that is this one, or how it begins. */
    public boolean isMeantBy(SnapshotId other) {
        return value.startsWith(other.value);
    }

    /** As people write it. */
    public String brief() {
        return value.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return value;
    }
}
