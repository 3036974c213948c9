package io.nationtech.harmony.domain.value;

import java.net.Inet4Address;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A host's fully qualified domain name without the final dot, in lower case: labels of RFC 1123 §2.1 joined by dots, at most
 * 253 characters (RFC 1034 §3.1).
 */
public record DnsName(String value) implements Comparable<DnsName> {
    private static final int LONGEST = 253;
    private static final int BITS_OF_A_BYTE = 8;
    private static final int BITS_OF_A_DIGIT = 4;

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

    /** The name by which an address is looked up (RFC 1035 §3.5, RFC 3596 §2.5): {@code 7.2.0.192.in-addr.arpa}. */
    public static DnsName reverse(IpAddress address) {
        return reverse(address, address.width());
    }

    /**
     * The name that those of all addresses of a block end with: {@code 2.0.192.in-addr.arpa} of 192.0.2.0/24.
     *
     * @throws InvalidValueException when the block ends within a label: IPv4 has one for 8 bits, IPv6 one for 4
     */
    public static DnsName reverse(Cidr block) {
        boolean old = block.network().address() instanceof Inet4Address;
        int label = old ? BITS_OF_A_BYTE : BITS_OF_A_DIGIT;
        if (block.prefixLength() == 0 || block.prefixLength() % label != 0) {
            throw new InvalidValueException(
                            "%s has no zone of its own for looking up names by address: its prefix is no multiple of %d"
                                    .formatted(block, label))
                    .about(block)
                    .suggesting(old ? "a /24, /16 or /8" : "a /64, /56 or /48");
        }
        return reverse(block.network(), block.prefixLength());
    }

    private static DnsName reverse(IpAddress address, int bits) {
        byte[] bytes = address.address().getAddress();
        if (address.address() instanceof Inet4Address) {
            return new DnsName(IntStream.iterate(bits / BITS_OF_A_BYTE - 1, place -> place >= 0, place -> place - 1)
                    .mapToObj(place -> Byte.toUnsignedInt(bytes[place]) + ".")
                    .collect(Collectors.joining("", "", "in-addr.arpa")));
        }
        String digits = HexFormat.of().formatHex(bytes);
        return new DnsName(IntStream.iterate(bits / BITS_OF_A_DIGIT - 1, place -> place >= 0, place -> place - 1)
                .mapToObj(place -> digits.charAt(place) + ".")
                .collect(Collectors.joining("", "", "ip6.arpa")));
    }

    /** Whether it is the other name, or ends with it. */
    public boolean isWithin(DnsName other) {
        return equals(other) || value.endsWith("." + other);
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
