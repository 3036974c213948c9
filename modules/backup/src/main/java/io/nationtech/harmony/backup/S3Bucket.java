package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/** A bucket of a store that speaks S3, as in {@code https://s3.internal/home-backup}, perhaps with a folder in it. */
public record S3Bucket(String value) {
    private static final Pattern FORM = Pattern.compile(
            "https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[1-9][0-9]{0,4})?/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[A-Za-z0-9._-]+)*");
    private static final int LONGEST = 500;

    public S3Bucket {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is no bucket; write http:// or https://, the store's host, a port where it is another, '/', and the bucket's name"
                            .formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /**
     * @throws InvalidValueException when it is none
     */
    public static S3Bucket of(String value) {
        return new S3Bucket(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
