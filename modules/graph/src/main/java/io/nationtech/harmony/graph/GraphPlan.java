package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.form.Canonical;
import io.nationtech.harmony.form.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an apply would do, in an order in which it could be done. */
public final class GraphPlan {
    private final List<Step> steps;
    private final Map<ResourceId, Observed<?, ?>> observed;

    /**
     * @param observed what was there when planning
     */
    GraphPlan(List<Step> steps, Map<ResourceId, Observed<?, ?>> observed) {
        this.steps = List.copyOf(steps);
        this.observed = Map.copyOf(observed);
    }

    /** A step for each resource that is declared or owned, those without a change included. */
    public List<Step> steps() {
        return steps;
    }

    /** The part of it that concerns these resources, as if nothing else were planned. */
    public GraphPlan only(Set<ResourceId> resources) {
        return new GraphPlan(
                steps.stream().filter(step -> resources.contains(step.id())).toList(), observed);
    }

    /** The steps that have something to do. */
    public List<Step> news() {
        return steps.stream().filter(Step::isNews).toList();
    }

    Optional<Observed<?, ?>> observed(ResourceId id) {
        return Optional.ofNullable(observed.get(id));
    }

    /**
     * A hash of what is planned and of the world that it was planned for: it differs when either moved. SHA-256 in hex.
     */
    public String fingerprint() {
        return fingerprint(fingerprints());
    }

    /** The fingerprint of a plan with these fingerprints of its resources. */
    public static String fingerprint(SortedMap<ResourceId, String> resources) {
        return Sha256.hex(resources.toString());
    }

    /** The same step by step, so that one can name what moved. */
    public SortedMap<ResourceId, String> fingerprints() {
        SortedMap<ResourceId, String> all = new TreeMap<>();
        for (Step step : steps) {
            all.put(
                    step.id(),
                    Sha256.hex("%s %s %s %s"
                            .formatted(
                                    step.id(),
                                    step.physical(),
                                    Canonical.text(step.change()),
                                    Canonical.text(observed(step.id()).map(Observed::state)))));
        }
        return all;
    }
}
