package io.nationtech.harmony.domain.value;

import java.util.regex.Pattern;

/** The path of an HTTP request, with an optional query (RFC 3986 §3.3, §3.4): begins with '/', ASCII, no fragment. */
public record HttpPath(String value) {
    private static final int LONGEST = 2_048;
    private static final Pattern FORM = Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]++|%[0-9A-Fa-f]{2})*+");

    public HttpPath {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            InvalidValueException refusal = new InvalidValueException(
                    "'%s' is not an HTTP path: begin with '/', percent-encode what RFC 3986 does not allow"
                            .formatted(value));
            String likely = "/" + value;
            throw likely.length() <= LONGEST && FORM.matcher(likely).matches()
                    ? refusal.suggesting("'" + likely + "'")
                    : refusal;
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not a path
     */
    public static HttpPath of(String value) {
        return new HttpPath(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
