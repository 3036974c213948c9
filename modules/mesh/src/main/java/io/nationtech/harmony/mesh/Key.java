package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A key in a bucket: parts, written with dots between them. */
public record Key(List<String> parts) implements Comparable<Key> {
    public Key {
        parts = Tokens.require("key", parts);
        if (parts.isEmpty()) {
            throw new InvalidValueException("a key has at least one part");
        }
    }

    /** A key of these parts. */
    public static Key of(String... parts) {
        return new Key(Arrays.asList(parts));
    }

    /** Reads a key as {@link #toString} writes it; empty when it is none, as another program may have written it. */
    public static Optional<Key> parse(String text) {
        try {
            return Optional.of(new Key(Tokens.split(text)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Key other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return Tokens.join(parts);
    }
}
