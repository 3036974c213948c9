package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.DeployProgress;

/** A deploy's progress on a terminal, until it is closed. */
sealed interface ShownProgress extends DeployProgress, AutoCloseable permits LineProgress, LiveProgress {

    static ShownProgress on(Terminal terminal) {
        return switch (terminal.movement()) {
            case LIVE -> LiveProgress.begin(terminal);
            case LINES -> new LineProgress(terminal);
        };
    }

    /** A node is asked, and waited for. */
    void begin(NodeId node);

    /** What came of it. */
    void end(NodeId node, Outcome outcome);

    @Override
    void close();
}
