package io.nationtech.harmony.domain.value;

import java.util.Locale;

/**
 * A host's fully qualified domain name without the final dot, in lower case: labels of RFC 1123 §2.1 joined by dots, at most
 * 253 characters (RFC 1034 §3.1).
 */
public record DnsName(String value) implements Comparable<DnsName> {
    private static final int LONGEST = 253;

    public DnsName {
        if (value.length() > LONGEST) {
            throw new InvalidValueException(
                    "DNS name '%s' has %d characters; a name has at most %d".formatted(value, value.length(), LONGEST));
        }
        for (String label : value.split("\\.", -1)) {
            Label.require("label of DNS name '%s':".formatted(value), label);
        }
    }

    /**
     * Reads a name as people write it: upper case and one final dot are allowed.
     *
     * @throws InvalidValueException when {@code value} is not a host name
     */
    public static DnsName of(String value) {
        String name = value.endsWith(".") ? value.substring(0, value.length() - 1) : value;
        // Only ASCII has two cases here: the Kelvin sign's lower case is a plain 'k', which would be another host.
        boolean ascii = name.chars().allMatch(character -> character < 0x80);
        return new DnsName(ascii ? name.toLowerCase(Locale.ROOT) : name);
    }

    @Override
    public int compareTo(DnsName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
