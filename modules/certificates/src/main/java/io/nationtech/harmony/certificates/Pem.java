package io.nationtech.harmony.certificates;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of keys and certificates (RFC 7468). */
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String of(String label, byte[] der) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, LINES.encodeToString(der));
    }

    /** The first block of that label; empty when there is none that can be read. */
    static Optional<byte[]> find(String label, byte[] text) {
        Matcher block = Pattern.compile(
                        "-----BEGIN %1$s-----\\s([A-Za-z0-9+/=\\s]+)-----END %1$s-----".formatted(label))
                .matcher(new String(text, StandardCharsets.US_ASCII));
        try {
            return block.find() ? Optional.of(Base64.getMimeDecoder().decode(block.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
