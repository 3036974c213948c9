package io.nationtech.harmony.domain.value;

import java.math.BigInteger;
import java.util.Arrays;

/** An address block in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3): no host bit is set. */
public record Cidr(IpAddress network, int prefixLength) {
    private static final int IPV4 = 32;

    public Cidr {
        int width = network.width();
        if (prefixLength > width) {
            throw new InvalidValueException(
                            "prefix /%d of %s is longer than %d".formatted(prefixLength, network, width))
                    .about(prefixLength)
                    .suggesting("/" + width);
        }
        if (prefixLength < 0) {
            throw new InvalidValueException("prefix /%d of %s is negative".formatted(prefixLength, network))
                    .about(prefixLength);
        }
        BigInteger hostBits =
                bits(network).and(BigInteger.ONE.shiftLeft(width - prefixLength).subtract(BigInteger.ONE));
        if (hostBits.signum() != 0) {
            throw new InvalidValueException("%s/%d has host bits set".formatted(network, prefixLength))
                    .about(network)
                    .suggesting(address(bits(network).subtract(hostBits), width) + "/" + prefixLength);
        }
    }

    /**
     * @throws InvalidValueException when {@code notation} is not {@code address/prefix}, or host bits are set
     */
    public static Cidr of(String notation) {
        int slash = notation.indexOf('/');
        String prefix = notation.substring(slash + 1);
        if (slash < 0 || !prefix.matches("[0-9]{1,3}")) {
            throw new InvalidValueException(
                    "'%s' is not an address block; write it as in 192.0.2.0/24".formatted(notation));
        }
        return new Cidr(IpAddress.of(notation.substring(0, slash)), Integer.parseInt(prefix));
    }

    /** Whether the address lies in this block; an address of the other family never does. */
    public boolean contains(IpAddress address) {
        int width = network.width();
        return address.width() == width
                && bits(address)
                        .shiftRight(width - prefixLength)
                        .equals(bits(network).shiftRight(width - prefixLength));
    }

    /** Whether all of the range lies in this block. */
    public boolean contains(AddressRange range) {
        return contains(range.first()) && contains(range.last());
    }

    /**
     * Whether a machine can have the address: it lies in this block, is not the block's own, and is not the one that sends to all
     * (RFC 1122 §3.2.1.3; of the two addresses of an IPv4 /31 both are free, RFC 3021; IPv6 has no address that sends to all).
     */
    public boolean canHost(IpAddress address) {
        int hostWidth = network.width() - prefixLength;
        if (!contains(address) || hostWidth < 2) {
            return contains(address);
        }
        BigInteger ends = BigInteger.ONE.shiftLeft(hostWidth).subtract(BigInteger.ONE);
        BigInteger host = bits(address).and(ends);
        return host.signum() != 0 && (network.width() > IPV4 || !host.equals(ends));
    }

    /** Whether any address lies in both blocks. */
    public boolean overlaps(Cidr other) {
        return contains(other.network) || other.contains(network);
    }

    private static IpAddress address(BigInteger bits, int width) {
        byte[] all = bits.add(BigInteger.ONE.shiftLeft(width)).toByteArray();
        return IpAddress.ofBytes(Arrays.copyOfRange(all, 1, all.length));
    }

    private static BigInteger bits(IpAddress address) {
        return new BigInteger(1, address.address().getAddress());
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }
}
