package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** The name of a kind of node, as in {@code raspberry-pi-4}. 1 to 63 of a-z, 0-9 and '-'. */
public record NodeClassName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public NodeClassName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "node class '%s' is not a label: use up to 63 of a-z, 0-9 and '-', '-' not at an end"
                            .formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static NodeClassName of(String value) {
        return new NodeClassName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
