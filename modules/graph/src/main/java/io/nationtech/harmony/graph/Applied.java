package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came of an apply, resource by resource. */
public record Applied(Map<ResourceId, Outcome> outcomes) {
    public Applied {
        outcomes = Map.copyOf(outcomes);
    }

    /** Why the world is not as declared; empty when it is. */
    public List<Cause> failures() {
        List<Cause> causes = new ArrayList<>();
        outcomes.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(one -> {
            if (one.getValue() instanceof Outcome.Failed(Cause cause)) {
                causes.add(cause);
            }
        });
        return causes;
    }

    /** How many resources were changed. */
    public long changed() {
        return outcomes.values().stream()
                .filter(Outcome.Changed.class::isInstance)
                .count();
    }
}
