package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;

/** What happens to one resource on a node. */
public sealed interface ResourceChange {

    /** The resource appears. */
    record Create(NodeResource resource) implements ResourceChange {}

    /** The resource goes on with other properties. */
    record Update(NodeResource from, NodeResource to) implements ResourceChange {}

    /**
     * The resource goes on under another name, on the same node. A container carries its name: it ends, and begins again under the
     * new one.
     */
    record Rename(NodeResource from, NodeResource to) implements ResourceChange {}

    /** The resource disappears. */
    record Delete(NodeResource resource) implements ResourceChange {}
}
