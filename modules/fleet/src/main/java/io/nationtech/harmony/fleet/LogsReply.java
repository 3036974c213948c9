package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ContainerName;
import java.util.List;

/** A node's answer to a {@link LogsRequest}. */
public sealed interface LogsReply {

    /** What the containers wrote, oldest line first. */
    record Lines(List<Line> lines) implements LogsReply {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** One line. */
    record Line(ContainerName container, String text) {}

    /** The node cannot say. */
    record Refused(Cause cause) implements LogsReply {}
}
