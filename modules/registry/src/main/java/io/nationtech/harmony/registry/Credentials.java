package io.nationtech.harmony.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who somebody is to a registry: a user and a password, or a token in its place. It does not show what it has. */
public final class Credentials {
    private static final int LONGEST = 4096;

    private final String basic;

    private Credentials(String userAndPassword) {
        this.basic = Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads {@code user:password}, which may end with the end of a line.
     *
     * @return empty when it is none
     */
    public static Optional<Credentials> parse(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        int colon = text.indexOf(':');
        boolean isWhole = value.length <= LONGEST
                && colon > 0
                && colon < text.length() - 1
                && text.chars().noneMatch(Character::isISOControl);
        return isWhole ? Optional.of(new Credentials(text)) : Optional.empty();
    }

    /** As a header has it (RFC 7617). */
    String header() {
        return "Basic " + basic;
    }

    @Override
    public String toString() {
        return "(credentials)";
    }
}
