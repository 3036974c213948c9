package io.nationtech.harmony.graph;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.ResourceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Makes the world as planned: as many steps at a time as the graph and its targets allow, each written to the journal before and
 * after, and read back. A step that fails holds up what is made of it and nothing else, but nothing is deleted then.
 */
public final class Applier {
    private final Limits limits;
    private final RandomGenerator chance;
    private final Consent consent;
    private final ApplyProgress progress;

    /** What came of a step, and what the resource turned out to be. */
    record Result(Outcome outcome, Optional<Object> outputs) {}

    /**
     * @param chance spreads repeated calls in time
     */
    public Applier(Limits limits, RandomGenerator chance, Consent consent, ApplyProgress progress) {
        this.limits = limits;
        this.chance = chance;
        this.consent = consent;
        this.progress = progress;
    }

    /**
     * Applies a plan of this graph.
     *
     * @throws InterruptedException when interrupted; apply again to go on
     */
    public Applied apply(ResourceGraph graph, GraphPlan plan, Journal journal) throws InterruptedException {
        Making making = new Making(plan, journal, new Calls(limits, chance), consent);
        Map<ResourceId, Step> make = new LinkedHashMap<>();
        Map<ResourceId, Step> delete = new LinkedHashMap<>();
        plan.steps().forEach(step -> (graph.declared(step.id()).isPresent() ? make : delete).put(step.id(), step));

        Map<ResourceId, Result> made = Walk.over(
                after(make),
                (id, others) -> step(
                        requireNonNull(make.get(id)),
                        make.keySet(),
                        others,
                        step -> making.make(graph.declared(id).orElseThrow(), step, others)));
        boolean allMade = make.keySet().stream().allMatch(id -> isDone(made, id));
        Map<ResourceId, Result> deleted = Walk.over(after(delete), (id, others) -> {
            Step step = requireNonNull(delete.get(id));
            return allMade ? step(step, delete.keySet(), others, one -> making.delete(graph, one)) : kept(step);
        });

        Map<ResourceId, Outcome> outcomes = new HashMap<>();
        Stream.of(made, deleted)
                .flatMap(results -> results.entrySet().stream())
                .forEach(one -> outcomes.put(one.getKey(), one.getValue().outcome()));
        return new Applied(outcomes);
    }

    private static Map<ResourceId, Set<ResourceId>> after(Map<ResourceId, Step> steps) {
        Map<ResourceId, Set<ResourceId>> after = new LinkedHashMap<>();
        steps.forEach((id, step) -> after.put(id, step.after()));
        return after;
    }

    private interface Work {
        Result on(Step step) throws DriverException, InterruptedException;
    }

    /** What has no result did not happen, whatever became of it. */
    private static boolean isDone(Map<ResourceId, Result> results, ResourceId id) {
        return Optional.ofNullable(results.get(id))
                .filter(result -> !(result.outcome() instanceof Outcome.Failed))
                .isPresent();
    }

    private Result step(Step step, Set<ResourceId> planned, Map<ResourceId, Result> others, Work work) {
        Optional<ResourceId> missing = step.after().stream()
                .filter(source -> planned.contains(source) && !isDone(others, source))
                .sorted()
                .findFirst();
        if (missing.isPresent()) {
            return ended(step, failed(waitsFor(step, missing.get())));
        }
        if (step.isNews()) {
            progress.began(step);
        }
        try {
            return ended(step, work.on(step));
        } catch (DriverException e) {
            return ended(step, failed(e.why()));
        } catch (JournalException e) {
            return ended(step, failed(e.why()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ended(
                    step, failed(new Cause("interrupted", step.id().toString(), "apply again: it goes on from here")));
        } catch (Throwable e) {
            // Whatever went wrong, this step is not done, and must be named.
            return ended(step, failed(unexpected(step, e)));
        }
    }

    private static Cause unexpected(Step step, Throwable e) {
        return new Cause(
                "the step failed unexpectedly: " + e,
                step.id().toString(),
                e instanceof OutOfMemoryError
                        ? "give this process more memory and apply again: it goes on from here"
                        : "this is a defect: report it; then apply again: it goes on from here");
    }

    private Result ended(Step step, Result result) {
        if (step.isNews()) {
            progress.ended(step, result.outcome());
        }
        return result;
    }

    private Result kept(Step step) {
        return ended(
                step,
                failed(new Cause(
                        "not deleted, as other steps failed",
                        step.id().toString(),
                        "mend what failed and apply again")));
    }

    private static Result failed(Cause cause) {
        return new Result(new Outcome.Failed(cause), Optional.empty());
    }

    private static Cause waitsFor(Step step, ResourceId missing) {
        return new Cause(
                "not done, as %s comes first and failed".formatted(missing),
                step.id().toString(),
                "mend %s and apply again".formatted(missing));
    }
}
