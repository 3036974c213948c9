package io.nationtech.harmony.domain;

/**
 * How a deployment becomes true. Planning and applying are apart: {@link #plan} reads and says what would change,
 * {@link #apply} makes one change. Applying a change twice is the same as applying it once, and changes of different nodes
 * may be applied in any order.
 */
public interface Interpret {

    /** Reads the world and says what would change; writes nothing. */
    Planning plan(Deployment<?> deployment, Inventory inventory);

    /** Makes one change and reads back whether the world followed. */
    Outcome apply(NodeChange change);
}
