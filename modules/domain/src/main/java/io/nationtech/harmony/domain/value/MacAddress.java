package io.nationtech.harmony.domain.value;

import java.util.Locale;
import java.util.regex.Pattern;

/** The hardware address of one network interface (IEEE 802, 48 bits), in lower case: {@code 02:00:5e:10:00:01}. */
public record MacAddress(String value) implements Comparable<MacAddress> {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final int GROUP_BIT = 1;
    private static final int HEXADECIMAL = 16;

    public MacAddress {
        if (!FORM.matcher(value).matches()) {
            String likely = value.toLowerCase(Locale.ROOT).replace('-', ':').replace('.', ':');
            InvalidValueException refusal = new InvalidValueException(
                    "'%s' is not a hardware address; write it as in 02:00:5e:10:00:01".formatted(value));
            throw FORM.matcher(likely).matches() ? refusal.suggesting(likely) : refusal;
        }
        if ((Integer.parseInt(value.substring(0, 2), HEXADECIMAL) & GROUP_BIT) != 0) {
            throw new InvalidValueException(
                    "hardware address %s is a group's (its first octet is odd), not a machine's".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not six octets, or is the address of a group
     */
    public static MacAddress of(String value) {
        return new MacAddress(value);
    }

    @Override
    public int compareTo(MacAddress other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
