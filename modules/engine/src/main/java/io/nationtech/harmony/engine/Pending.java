package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.placement.WorkloadId;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Duration;

/** Work whose node is lost, and that stays assigned to it for now; the node goes on with it when it returns. */
public record Pending(WorkloadId work, NodeId node, Why why) {

    /** Why it does not move. */
    public sealed interface Why {}

    /** It moves when its node has been lost for so much longer. */
    record Tolerated(Duration left) implements Why {}

    /** Its policy keeps it with its node. */
    record ByPolicy() implements Why {}

    /**
     * It should move, and no other node will do.
     *
     * @param closest the node that misses the least, and what
     */
    record NowhereElse(String closest) implements Why {}

    @Override
    public String toString() {
        return "%s waits for node '%s', which is lost: %s"
                .formatted(
                        work,
                        node,
                        switch (why) {
                            case Tolerated(Duration left) ->
                                "it moves when that lasts %s s longer".formatted(Math.max(1, left.toSeconds()));
                            case ByPolicy() -> "its policy keeps it there";
                            case NowhereElse(String closest) -> "no other node will do" + closest;
                        });
    }
}
