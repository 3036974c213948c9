package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.DeploymentName;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a deploy told, as lines. */
final class Recorded implements DeployProgress {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void planned(DeploymentName deployment, List<NodeChange> changes) {
        lines.add("planned " + changes.size());
    }

    @Override
    public void applying(NodeChange change) {
        lines.add("applying " + change.node().info().id());
    }

    @Override
    public void applied(NodeChange change, Outcome outcome) {
        lines.add("applied %s: %s"
                .formatted(change.node().info().id(), outcome.getClass().getSimpleName()));
    }

    @Override
    public void testing(int smokeTests) {
        lines.add("testing " + smokeTests);
    }
}
