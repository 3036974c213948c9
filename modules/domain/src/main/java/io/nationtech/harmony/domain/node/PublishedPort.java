package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.domain.value.Protocol;

/**
 * A port of a container that is reachable at the node's address.
 *
 * @param node the port at the node's address
 * @param container the port that the container listens on
 */
public record PublishedPort(
        Port node,
        Port container,
        @Since(4) Protocol protocol,
        @Since(7) PortReach reach) {

    /** A TCP port. */
    public PublishedPort(Port node, Port container) {
        this(node, container, Protocol.TCP, PortReach.DEFAULT);
    }

    /** A TCP port that is the same at the node. */
    public static PublishedPort tcp(Port both) {
        return new PublishedPort(both, both, Protocol.TCP, PortReach.DEFAULT);
    }

    /** A UDP port that is the same at the node. */
    public static PublishedPort udp(Port both) {
        return new PublishedPort(both, both, Protocol.UDP, PortReach.DEFAULT);
    }

    /** The same port of the container, at another port of the node. */
    public PublishedPort at(Port other) {
        return new PublishedPort(other, container, protocol, reach);
    }

    /** The same, which is reached from its node alone: {@link PortReach#NODE}. */
    public PublishedPort onNodeOnly() {
        return new PublishedPort(node, container, protocol, PortReach.NODE);
    }

    /** Whether others than its node reach it, by TCP. */
    public boolean isReachedByTcp() {
        return protocol == Protocol.TCP && reach == PortReach.SITE;
    }

    /** What it takes of its node. */
    public NodePort taken() {
        return new NodePort(node, protocol);
    }

    @Override
    public String toString() {
        String from = reach == PortReach.DEFAULT ? "" : ", from its node only";
        return (node.equals(container) ? taken().toString() : "%s, in the container %s".formatted(taken(), container))
                + from;
    }
}
