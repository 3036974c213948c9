package io.nationtech.harmony.mesh;

import java.util.Arrays;
import java.util.List;

/** Some keys of a bucket: all that begin with these parts. Without parts, all keys. */
public record KeyPrefix(List<String> parts) {
    public KeyPrefix {
        parts = Tokens.require("key prefix", parts);
    }

    /** The keys that begin with these parts. */
    public static KeyPrefix of(String... parts) {
        return new KeyPrefix(Arrays.asList(parts));
    }

    /** Every key of the bucket. */
    public static KeyPrefix all() {
        return of();
    }

    /** Whether the key has these parts first; a key of just these parts counts. */
    public boolean covers(Key key) {
        return key.parts().size() >= parts.size()
                && key.parts().subList(0, parts.size()).equals(parts);
    }
}
