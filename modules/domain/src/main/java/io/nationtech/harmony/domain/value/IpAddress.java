package io.nationtech.harmony.domain.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address, written literally; no name is ever looked up. In order, IPv4 comes before IPv6. */
public record IpAddress(InetAddress address) implements Comparable<IpAddress> {
    private static final Comparator<byte[]> SHORTER_THEN_SMALLER =
            Comparator.<byte[]>comparingInt(bytes -> bytes.length).thenComparing(Arrays::compareUnsigned);

    /** {@link InetAddress#ofLiteral} also takes short forms ({@code 10} for 0.0.0.10), octal look-alikes and scopes. */
    private static final Pattern QUAD_OR_COLONS =
            Pattern.compile("((0|[1-9][0-9]{0,2})\\.){3}(0|[1-9][0-9]{0,2})|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Where a machine reaches itself: RFC 1122 §3.2.1.3. */
    public static final IpAddress LOOPBACK = IpAddress.of("127.0.0.1");

    /**
     * @throws InvalidValueException when {@code literal} is not an IPv4 dotted quad or an IPv6 address (RFC 4291 §2.2)
     */
    public static IpAddress of(String literal) {
        try {
            if (!QUAD_OR_COLONS.matcher(literal).matches()) {
                throw new IllegalArgumentException(literal);
            }
            return new IpAddress(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "'%s' is not an IP address; write it as in 192.0.2.7 or 2001:db8::7".formatted(literal));
        }
    }

    /** The address of 4 or 16 bytes, most significant first. */
    static IpAddress ofBytes(byte[] bytes) {
        try {
            return new IpAddress(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new InvalidValueException("an address of %d bytes cannot be".formatted(bytes.length));
        }
    }

    /** Whether it may be of a machine that others reach: no group, not "none", and not the asker itself (RFC 6890 §2.2.2, §2.2.3). */
    public boolean isOfMachines() {
        return !address.isMulticastAddress() && !address.isAnyLocalAddress() && !address.isLoopbackAddress();
    }

    /** The address with a port, as URIs write it (RFC 3986 §3.2.2): {@code 192.0.2.7:80}, {@code [2001:db8::7]:80}. */
    public String withPort(Port port) {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[%s]:%s" : "%s:%s").formatted(host, port);
    }

    /** The address with a port for people, who are told when it is none of TCP: {@code 192.0.2.7:53/udp}. */
    public String withPort(NodePort port) {
        return withPort(port.port()) + port.protocol().suffix();
    }

    @Override
    public int compareTo(IpAddress other) {
        return SHORTER_THEN_SMALLER.compare(address.getAddress(), other.address.getAddress());
    }

    /** The address' bits: 32 or 128. */
    int width() {
        return address.getAddress().length * Byte.SIZE;
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
