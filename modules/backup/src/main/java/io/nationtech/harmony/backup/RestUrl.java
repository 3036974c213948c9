package io.nationtech.harmony.backup;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * Where a REST server of restic has a repository, as in {@code https://backup.internal:8000/home/}: without a user or password, which are
 * said apart, as a secret.
 */
public record RestUrl(String value) {
    private static final Pattern FORM = Pattern.compile(
            "https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[1-9][0-9]{0,4})?/(?:[A-Za-z0-9._-]+/)*");
    private static final int LONGEST = 500;

    public RestUrl {
        if (value.contains("@")) {
            throw new InvalidValueException(
                    "the address of a REST server has no user or password in it; name them by login(…), as a secret");
        }
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is no address of a repository; write http:// or https://, a host, a port where it is another, and a path that ends in '/'"
                            .formatted(value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /**
     * @throws InvalidValueException when it is no such address
     */
    public static RestUrl of(String value) {
        return new RestUrl(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
