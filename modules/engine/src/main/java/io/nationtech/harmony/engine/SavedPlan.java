package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.graph.GraphPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A plan that somebody saw, by its fingerprints: just that may be applied later.
 *
 * @param fingerprint of all resources
 * @param resources the fingerprint of each
 */
public record SavedPlan(DeploymentName deployment, String fingerprint, SortedMap<ResourceId, String> resources)
        implements Deployer.Reservation {
    private static final int NAMED = 10;

    public SavedPlan {
        resources = new TreeMap<>(resources);
    }

    public static SavedPlan of(FleetPlan plan) {
        return new SavedPlan(plan.deployment(), plan.fingerprint(), plan.fingerprints());
    }

    /** Whether the fingerprint is that of the resources, so nobody changed one of them by hand. */
    public boolean isIntact() {
        return GraphPlan.fingerprint(resources).equals(fingerprint);
    }

    @Override
    public Optional<Cause> against(FleetPlan now) {
        if (!now.deployment().equals(deployment)) {
            return Optional.of(new Cause(
                    "the plan is of deployment '%s', and the module declares '%s' now"
                            .formatted(deployment, now.deployment()),
                    "the saved plan",
                    "save a plan of this module and look at it again"));
        }
        return now.fingerprint().equals(fingerprint) ? Optional.empty() : Optional.of(moved(now.fingerprints()));
    }

    private Cause moved(SortedMap<ResourceId, String> now) {
        SortedSet<ResourceId> all = new TreeSet<>(resources.keySet());
        all.addAll(now.keySet());
        List<String> moved = new ArrayList<>();
        for (ResourceId id : all) {
            if (!now.containsKey(id)) {
                moved.add(id + " (not planned any more)");
            } else if (!resources.containsKey(id)) {
                moved.add(id + " (not in the saved plan)");
            } else if (!now.get(id).equals(resources.get(id))) {
                moved.add(id + " (it or what is declared of it changed)");
            }
        }
        String more = moved.size() > NAMED ? " and %d more".formatted(moved.size() - NAMED) : "";
        return new Cause(
                "the world or the module moved since the plan was saved: %s%s"
                        .formatted(String.join(", ", moved.subList(0, Math.min(NAMED, moved.size()))), more),
                "deployment '%s'".formatted(deployment),
                "nothing was changed; save a plan again and look at it");
    }
}
