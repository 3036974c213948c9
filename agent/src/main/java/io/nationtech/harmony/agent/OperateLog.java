package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Drift;
import io.nationtech.harmony.engine.OperateProgress;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operation finds, in the journal: only what is news. Told by one thread. */
final class OperateLog implements OperateProgress {
    private static final Logger LOG = System.getLogger(OperateLog.class.getName());

    private final DeploymentName deployment;
    private String last = "";

    OperateLog(DeploymentName deployment) {
        this.deployment = deployment;
    }

    @Override
    public void inSync() {
        tell(Level.INFO, "as declared, and every node has it");
    }

    @Override
    public void drifted(Drift drift) {
        String changes = drift.plan().changes().stream()
                .map(change -> "node %s is to be told something else"
                        .formatted(change.node().info().id()))
                .collect(Collectors.joining("; "));
        String deviations = drift.deviations().stream()
                .map(it ->
                        "%s of node %s is %s instead of %s".formatted(it.about(), it.node(), it.actual(), it.desired()))
                .collect(Collectors.joining("; "));
        tell(
                Level.WARNING,
                Stream.of(changes, deviations).filter(text -> !text.isEmpty()).collect(Collectors.joining("; ")));
    }

    @Override
    public void repaired(DeployResult result) {
        switch (result) {
            case DeployResult.Deployed(int changes, var pages, var tolerated) -> {
                tell(Level.INFO, "repaired: nodes changed: %d, pages that passed: %d".formatted(changes, pages.size()));
                tolerated.forEach(this::problem);
            }
            case DeployResult.Failed(var causes) -> causes.forEach(this::problem);
        }
    }

    @Override
    public void problem(Cause cause) {
        tell(Level.WARNING, cause.toString());
    }

    private void tell(Level level, String news) {
        if (!news.equals(last)) {
            last = news;
            LOG.log(level, "Deployment {0}: {1}", deployment, news);
        }
    }
}
