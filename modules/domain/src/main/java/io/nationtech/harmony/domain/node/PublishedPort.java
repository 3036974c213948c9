package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.value.Port;

/**
 * A TCP port of a container that is reachable at the node's address.
 *
 * @param node the port at the node's address
 * @param container the port that the container listens on
 */
public record PublishedPort(Port node, Port container) {
    @Override
    public String toString() {
        return node.equals(container) ? node.toString() : "%s, in the container %s".formatted(node, container);
    }
}
