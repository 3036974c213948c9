package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Label;

/** The name of a kind of node, as in {@code raspberry-pi-4}. 1 to 63 of a-z, 0-9 and '-'. */
public record NodeClassName(String value) {
    public NodeClassName {
        Label.require("node class", value);
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
