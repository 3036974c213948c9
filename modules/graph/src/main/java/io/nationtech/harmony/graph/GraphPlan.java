package io.nationtech.harmony.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** The steps that have something to do. */
    public List<Step> news() {
        return steps.stream().filter(Step::isNews).toList();
    }

    /** The steps that would lose data, and need consent. */
    public List<Step> needingConsent() {
        return steps.stream().filter(Step::needsConsent).toList();
    }

    Optional<Observed<?, ?>> observed(ResourceId id) {
        return Optional.ofNullable(observed.get(id));
    }

    /**
     * A hash of what is planned and of the world that it was planned for: it differs when either moved. SHA-256 in hex.
     */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Step step : steps) {
                String line = "%s %s %s %s%n"
                        .formatted(
                                step.id(),
                                step.physical(),
                                step.change(),
                                observed(step.id()).map(Observed::state));
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
