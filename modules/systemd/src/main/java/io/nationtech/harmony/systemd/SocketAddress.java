package io.nationtech.harmony.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The address of a Unix socket (unix(7)): a path, or a name in the abstract namespace, written with {@code @} for the NUL. */
record SocketAddress(String name) {
    private static final short AF_UNIX = 1;
    private static final int FAMILY_BYTES = 2;
    private static final int MOST_NAME_BYTES = 108;

    static Optional<SocketAddress> parse(String name) {
        boolean isAddress = (name.startsWith("/") || name.startsWith("@"))
                && name.length() > 1
                && name.getBytes(StandardCharsets.UTF_8).length < MOST_NAME_BYTES;
        return isAddress ? Optional.of(new SocketAddress(name)) : Optional.empty();
    }

    /** {@code struct sockaddr_un}, as long as the name needs: in an abstract name, trailing NULs would count. */
    MemorySegment allocate(Arena arena) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = bytes[0] == '@';
        if (isAbstract) {
            bytes[0] = 0;
        }
        MemorySegment address = arena.allocate(FAMILY_BYTES + bytes.length + (isAbstract ? 0 : 1), Short.BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, FAMILY_BYTES, bytes.length);
        return address;
    }

    @Override
    public String toString() {
        return name;
    }
}
