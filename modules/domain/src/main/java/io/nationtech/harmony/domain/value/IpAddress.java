package io.nationtech.harmony.domain.value;

import java.net.Inet6Address;
import java.net.InetAddress;

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

    /** The address with a port, as URIs write it (RFC 3986 §3.2.2): {@code 192.0.2.7:80}, {@code [2001:db8::7]:80}. */
    public String withPort(Port port) {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[%s]:%s" : "%s:%s").formatted(host, port);
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
