package io.nationtech.harmony.domain.value;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** An IPv4 or IPv6 address, written literally; no name is ever looked up. */
public record IpAddress(InetAddress address) {

    /**
     * @throws InvalidValueException when {@code literal} is not an IPv4 dotted quad or an IPv6 address (RFC 4291 §2.2)
     */
    public static IpAddress of(String literal) {
        try {
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

    /** The address' bits: 32 or 128. */
    int width() {
        return address.getAddress().length * Byte.SIZE;
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
