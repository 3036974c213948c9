package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells of a graph's steps in terms of nodes, and keeps why they failed. What was never begun is not told. */
final class StepProgress implements ApplyProgress {
    private final FleetPlan plan;
    private final DeployProgress progress;
    private final Map<ResourceId, NodeChange> changes;
    private final Set<ResourceId> begun = ConcurrentHashMap.newKeySet();
    private final Map<ResourceId, Cause> failures = new ConcurrentSkipListMap<>();

    StepProgress(FleetPlan plan, DeployProgress progress) {
        this.plan = plan;
        this.progress = progress;
        this.changes =
                plan.changes().stream().collect(Collectors.toUnmodifiableMap(NodeChange::id, Function.identity()));
    }

    @Override
    public void began(Step step) {
        begun.add(step.id());
        if (changes.containsKey(step.id())) {
            progress.applying(changes.get(step.id()));
        }
    }

    @Override
    public void ended(Step step, Outcome outcome) {
        if (!begun.contains(step.id())) {
            return;
        }
        if (outcome instanceof Outcome.Failed(Cause cause)) {
            failures.put(step.id(), cause);
        }
        if (changes.containsKey(step.id())) {
            NodeChange change = changes.get(step.id());
            progress.applied(change, told(change, outcome));
        }
    }

    private Outcome told(NodeChange change, Outcome outcome) {
        return outcome instanceof Outcome.Changed
                ? new Outcome.Changed(
                        plan.driver().followed(change.node().info().id()))
                : outcome;
    }

    /** Why steps failed, by resource. */
    List<Cause> failures() {
        return List.copyOf(failures.values());
    }
}
