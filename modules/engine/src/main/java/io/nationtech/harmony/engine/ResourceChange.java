package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;

/** What happens to one resource on a node. */
public sealed interface ResourceChange {

    /** The resource appears. */
    record Create(NodeResource resource) implements ResourceChange {}

    /** The resource goes on with other properties. */
    record Update(NodeResource from, NodeResource to) implements ResourceChange {}

    /** The resource disappears. */
    record Delete(NodeResource resource) implements ResourceChange {}
}
