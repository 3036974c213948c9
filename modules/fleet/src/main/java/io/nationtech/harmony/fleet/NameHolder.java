package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.node.NodeInfo;

/** Who has a node's name, as seen by one who would have it. */
public sealed interface NameHolder {

    /** The revision of what is kept under the name, to be written over; 0 when nothing is. */
    long revision();

    /** Nobody, or nobody who says which machine they are. */
    record Nobody(long revision) implements NameHolder {}

    /** The very run that asks. */
    record Own(long revision) implements NameHolder {}

    /** Another run, on the same machine or on another. */
    record Other(NodeInfo info, long revision) implements NameHolder {}
}
