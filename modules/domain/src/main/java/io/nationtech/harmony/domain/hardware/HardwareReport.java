package io.nationtech.harmony.domain.hardware;

import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;

/**
 * What a node says of its hardware at one moment.
 *
 * @param unread what it could not find out, at most 256
 */
public record HardwareReport(
        NodeId node, Generation generation, Location location, Hardware hardware, List<Unread> unread) {
    private static final int MOST_UNREAD = 256;

    public HardwareReport {
        Bounds.atMost("things unread", unread, MOST_UNREAD);
        unread = List.copyOf(unread);
    }

    /** Whether this report is to be believed over the other, which the same node made. */
    public boolean supersedes(HardwareReport other) {
        return node.equals(other.node) && generation.compareTo(other.generation) > 0;
    }

    /** What differs from an earlier report, for people; empty when only the generation does. */
    public List<HardwareChange> since(HardwareReport earlier) {
        return HardwareChange.between(earlier.hardware, hardware);
    }
}
