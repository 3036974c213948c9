package io.nationtech.harmony.agent;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Objects;
import java.util.Optional;

/**
 * The network of an interface of this machine, which only machines beside it are in.
 *
 * @param own the machine's address there
 * @param prefix how many bits all of its addresses have in common
 */
record Lan(InetAddress own, int prefix) {
    private static final int UNIQUE_LOCAL_BITS = 0xfe;
    private static final int UNIQUE_LOCAL = 0xfc;

    /** That of an address of this machine, where it is one that the Internet does not lead to (RFC 1918, RFC 4193), or the machine itself. */
    static Optional<Lan> of(InetAddress own) {
        if (!isPrivate(own)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(NetworkInterface.getByInetAddress(own)).stream()
                    .flatMap(there -> there.getInterfaceAddresses().stream())
                    .filter(Objects::nonNull)
                    .filter(one -> one.getAddress().equals(own))
                    .map(InterfaceAddress::getNetworkPrefixLength)
                    .map(prefix -> new Lan(own, prefix))
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || (address instanceof Inet4Address
                        ? address.isSiteLocalAddress()
                        : (address.getAddress()[0] & UNIQUE_LOCAL_BITS) == UNIQUE_LOCAL);
    }

    /** Whether it is an address of this network. */
    boolean has(InetAddress other) {
        byte[] ours = own.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((ours[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
