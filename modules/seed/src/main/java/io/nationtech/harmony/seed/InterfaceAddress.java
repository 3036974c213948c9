package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine's address and how much of it is that of its network (RFC 4632 §3.1): {@code 192.0.2.7/24}.
 *
 * @param prefixLength bits of the network: 1 to 32, of IPv6 to 128
 */
public record InterfaceAddress(IpAddress address, int prefixLength) {
    private static final int IPV4 = 32;
    private static final Pattern NOTATION = Pattern.compile("([^/]+)/([0-9]{1,3})");

    /**
     * @throws InvalidValueException when no machine can have it
     */
    public InterfaceAddress {
        if (prefixLength < 1 || prefixLength > width(address)) {
            throw new InvalidValueException(
                    "the prefix /%d of %s is outside 1..%d".formatted(prefixLength, address, width(address)));
        }
        if (!address.isOfMachines() || isOfAll(address, width(address) - prefixLength)) {
            throw new InvalidValueException("no machine can have the address %s/%d".formatted(address, prefixLength));
        }
    }

    /** The network's own, or that which sends to all (RFC 1122 §3.2.1.3); of two addresses both are free (RFC 3021). */
    private static boolean isOfAll(IpAddress address, int hostWidth) {
        BigInteger ends = BigInteger.ONE.shiftLeft(hostWidth).subtract(BigInteger.ONE);
        BigInteger host = bits(address).and(ends);
        return hostWidth > 1 && (host.signum() == 0 || (width(address) == IPV4 && host.equals(ends)));
    }

    /**
     * @throws InvalidValueException when it is none
     */
    public static InterfaceAddress of(String notation) {
        Matcher parts = NOTATION.matcher(notation);
        if (!parts.matches()) {
            throw new InvalidValueException(
                    "'%s' is not an address with its prefix; write it as in 192.0.2.7/24".formatted(notation));
        }
        return new InterfaceAddress(IpAddress.of(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** Whether a machine there is another of the same network, and so is reached without a gateway. */
    public boolean isBeside(IpAddress other) {
        int hostWidth = width(address) - prefixLength;
        return width(other) == width(address)
                && !other.equals(address)
                && bits(other).shiftRight(hostWidth).equals(bits(address).shiftRight(hostWidth));
    }

    private static int width(IpAddress address) {
        return address.address().getAddress().length * Byte.SIZE;
    }

    private static BigInteger bits(IpAddress address) {
        return new BigInteger(1, address.address().getAddress());
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
