package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Duration;

/** Work that stays assigned to its node for now, though that is lost or drained. */
public record Pending(WorkloadId work, NodeId node, Why why) {

    /** Why it does not move. */
    public sealed interface Why {}

    /** Its node is lost; it moves when that has lasted for so much longer. */
    record Tolerated(Duration left) implements Why {}

    /** Its node is lost, and its policy keeps it there. */
    record ByPolicy() implements Why {}

    /**
     * Its node is lost; it should move, and no other node will do.
     *
     * @param closest the node that misses the least, and what
     */
    record NowhereElse(String closest) implements Why {}

    /** Its node is drained, and its policy keeps it there. */
    record BoundToDrained() implements Why {}

    /**
     * Its node is drained; it should move, and no other node will do.
     *
     * @param closest the node that misses the least, and what
     */
    record NowhereFromDrained(String closest) implements Why {}

    @Override
    public String toString() {
        return switch (why) {
            case Tolerated(Duration left) ->
                waits("it moves when that lasts %s s longer".formatted(Math.max(1, left.toSeconds())));
            case ByPolicy() -> waits("its policy keeps it there");
            case NowhereElse(String closest) -> waits("no other node will do" + closest);
            case BoundToDrained() -> stays("its policy keeps it there; move it by hand");
            case NowhereFromDrained(String closest) -> stays("no other node will do" + closest);
        };
    }

    private String waits(String why) {
        return "%s waits for node '%s', which is lost: %s".formatted(work, node, why);
    }

    private String stays(String why) {
        return "%s stays on node '%s', which is drained: %s".formatted(work, node, why);
    }
}
