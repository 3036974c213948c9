package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.NodeChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One line for each event, as suits a file. */
record LineProgress(Terminal terminal, Map<NodeId, Instant> began) implements ShownProgress {

    LineProgress(Terminal terminal) {
        this(terminal, new ConcurrentHashMap<>());
    }

    @Override
    public void planned(DeploymentName deployment, List<NodeChange> changes) {
        terminal.err().print(new PlanReport(deployment, changes).text(terminal.errInk()));
    }

    @Override
    public void applying(NodeChange change) {
        begin(change.node().info().id());
    }

    @Override
    public void begin(NodeId node) {
        began.put(node, terminal.clock().instant());
        terminal.say("node '%s' is told, waiting".formatted(node));
    }

    @Override
    public void applied(NodeChange change, Outcome outcome) {
        end(change.node().info().id(), outcome);
    }

    @Override
    public void end(NodeId node, Outcome outcome) {
        Instant now = terminal.clock().instant();
        Duration took = Duration.between(began.getOrDefault(node, now), now);
        String word = NodeLine.word("node '%s'".formatted(node), outcome);
        terminal.say("%s (%s)".formatted(word, Elapsed.of(took)));
    }

    @Override
    public void testing(int smokeTests) {
        terminal.say("smoke tests: %d to pass".formatted(smokeTests));
    }

    @Override
    public void close() {
        // Every line is out already.
    }
}
