package io.nationtech.harmony.domain.value;

import java.util.Comparator;

/** A port of a node's address, which one container has for itself. */
public record NodePort(Port port, Protocol protocol) implements Comparable<NodePort> {
    private static final Comparator<NodePort> ORDER =
            Comparator.comparing(NodePort::port).thenComparing(NodePort::protocol);

    public static NodePort tcp(Port port) {
        return new NodePort(port, Protocol.TCP);
    }

    public static NodePort udp(Port port) {
        return new NodePort(port, Protocol.UDP);
    }

    @Override
    public int compareTo(NodePort other) {
        return ORDER.compare(this, other);
    }

    /** As podman and compose write it: 8080, and 53/udp. */
    @Override
    public String toString() {
        return port + protocol.suffix();
    }
}
