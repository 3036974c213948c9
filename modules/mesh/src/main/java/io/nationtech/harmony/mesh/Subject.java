package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Arrays;
import java.util.List;

/** What a request is sent to: parts, written with dots between them. */
public record Subject(List<String> parts) {
    public Subject {
        parts = Tokens.require("subject", parts);
        if (parts.isEmpty()) {
            throw new InvalidValueException("a subject has at least one part");
        }
    }

    /** A subject of these parts. */
    public static Subject of(String... parts) {
        return new Subject(Arrays.asList(parts));
    }

    @Override
    public String toString() {
        return Tokens.join(parts);
    }
}
