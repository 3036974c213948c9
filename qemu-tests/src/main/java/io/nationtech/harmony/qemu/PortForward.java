package io.nationtech.harmony.qemu;

import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;

/** Lets this machine reach a TCP port of the guest at one of its own addresses, on the same port. */
public record PortForward(IpAddress address, Port port) {
    String netdev() {
        return ",hostfwd=tcp:%s:%s-:%s".formatted(address, port, port);
    }
}
