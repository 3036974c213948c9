package org.example.cameras;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.placement.LossPolicy;
import io.nationtech.harmony.domain.score.Extension;
import java.time.Duration;
import java.util.List;

/** Moves as soon as its node is lost, as nobody must be unseen. */
public record Prompt() implements Extension<Camera> {
    private static final LossPolicy AT_ONCE = new LossPolicy.Moves(Duration.ZERO);

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        return new Expansion.Runs(tasks.stream()
                .map(task -> new Task(task.workload().onLoss(AT_ONCE), task.resources()))
                .toList());
    }
}
