package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Reason;
import java.util.regex.Pattern;

/**
 * A path that is open to everybody, and what is below it, as far as that has no characters but letters, digits and {@code ._~-/}: what a
 * service could take for another path asks for a login.
 *
 * @param path begins with '/' and ends without one; without query, dot segments or encoded characters
 */
public record OpenPath(HttpPath path, Reason because) {
    private static final Pattern FORM = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+");

    public OpenPath {
        if (!FORM.matcher(path.value()).matches()) {
            throw new InvalidValueException(
                            "'%s' cannot be open while the rest asks for a login: name a path below '/', of letters, digits and '._~-', without an end in '/'; '/' itself is open without guardedBy(…)"
                                    .formatted(path))
                    .about(path);
        }
    }
}
