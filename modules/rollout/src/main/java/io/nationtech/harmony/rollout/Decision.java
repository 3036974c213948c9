package io.nationtech.harmony.rollout;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What to do next. */
public sealed interface Decision {

    /** Tell these nodes what they shall have. */
    record Start(List<NodeId> nodes) implements Decision {
        public Start {
            nodes = List.copyOf(nodes);
        }
    }

    /** Tell these nodes to have what they had before. */
    record RollBack(List<NodeId> nodes) implements Decision {
        public RollBack {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * Nothing, until a node says something new.
     *
     * @param until or this moment came; empty when only news matter
     */
    record Wait(Optional<Instant> until) implements Decision {}

    /** Nothing more: all nodes were reached. */
    record Done() implements Decision {}

    /** Nothing more: not all nodes have what they shall. */
    record Stop(Cause because) implements Decision {}
}
