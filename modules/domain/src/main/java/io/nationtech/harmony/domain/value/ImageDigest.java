package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** Which image exactly: the SHA-256 of its manifest, as in {@code sha256:} and 64 hexadecimal digits (OCI image specification, "Digests"). */
public record ImageDigest(String value) {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int SHORT = "sha256:".length() + 12;

    public ImageDigest {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not the digest of an image; it is sha256: and 64 hexadecimal digits".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is none
     */
    public static ImageDigest of(String value) {
        return new ImageDigest(value);
    }

    /** For people: enough of it to tell two apart. */
    public String abbreviated() {
        return value.substring(0, SHORT);
    }

    @Override
    public String toString() {
        return value;
    }
}
