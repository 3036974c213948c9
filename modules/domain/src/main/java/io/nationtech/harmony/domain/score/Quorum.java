package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.Task;
import io.nationtech.harmony.domain.capability.ContainerRuntime;
import io.nationtech.harmony.domain.placement.SpreadOver;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.Replicas;
import java.util.List;

/**
 * Replicas decide by majority: an odd number of them, three or more, which are only placed such that the loss of any one failure
 * domain leaves a majority.
 */
public record Quorum() implements Extension<ContainerRuntime> {
    private static final int FEWEST = 3;

    /**
     * A service whose replicas are a quorum.
     *
     * @throws InvalidValueException when the service has an even number of replicas, or fewer than three
     */
    public static Extended<ContainerRuntime> of(ContainerService members) {
        return new Extended<>(members, new Quorum());
    }

    @Override
    public Expansion extend(Score<?> base, List<Task> tasks, Inventory inventory) {
        int count = tasks.size();
        if (count < FEWEST || count % 2 == 0) {
            throw new InvalidValueException(
                            "quorum '%s' of %d replicas survives the loss of no more of them than one of %d"
                                    .formatted(base.name(), count, Math.max(1, count - 1)))
                    .about(base)
                    .suggesting(Integer.toString(Math.max(FEWEST, count + 1)));
        }
        SpreadOver majority = SpreadOver.atMostInFailureDomain(new Replicas((count - 1) / 2));
        return new Expansion.Runs(tasks.stream()
                .map(task -> task.with(task.workload().spread(majority)))
                .toList());
    }
}
