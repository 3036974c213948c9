package io.nationtech.harmony.graph;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.form.Difference;
import io.nationtech.harmony.graph.ResourceGraph.Declared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Compares what is declared with what is there, reading many resources at a time and writing nothing. */
public final class Planner {
    private final Limits limits;
    private final RandomGenerator chance;

    /** A step, and what was read for it. */
    private record Planned(Step step, Optional<Observed<?, ?>> observed) {}

    /**
     * @param chance spreads repeated calls in time
     */
    public Planner(Limits limits, RandomGenerator chance) {
        this.limits = limits;
        this.chance = chance;
    }

    /**
     * Plans. What cannot be planned is in the plan as such, and does not keep others from being planned.
     *
     * @throws InterruptedException when interrupted; nothing was written
     */
    public GraphPlan plan(ResourceGraph graph, Ledger ledger) throws InterruptedException {
        Calls calls = new Calls(limits, chance);
        Map<ResourceId, Declared<?, ?>> declared = new LinkedHashMap<>();
        Map<ResourceId, Set<ResourceId>> after = new LinkedHashMap<>();
        graph.declared().forEach(one -> {
            declared.put(one.id(), one);
            after.put(one.id(), one.after());
        });
        Ownership ownership = Ownership.of(graph, ledger);
        ownership.left().keySet().forEach(id -> after.put(id, Set.of()));
        Map<ResourceId, Planned> planned = Walk.over(
                after,
                (id, others) -> Optional.<Declared<?, ?>>ofNullable(declared.get(id))
                        .map(one -> planDeclared(one, ownership, others, calls))
                        .orElseGet(() -> planLeft(id, ownership, graph, calls)));
        return inOrder(declared.keySet(), ownership, planned);
    }

    private <S extends Record, O> Planned planDeclared(
            Declared<S, O> declared, Ownership ownership, Map<ResourceId, Planned> others, Calls calls) {
        ResourceName physical = ownership.physical(declared.id());
        Driver<S, O> driver = declared.driver();
        try {
            Optional<Observed<S, O>> observed =
                    calls.call(driver.target(physical), declared.id().toString(), () -> driver.read(physical));
            Set<ResourceId> awaiting = declared.parts().stream()
                    .filter(source -> !isSettled(requireNonNull(others.get(source))))
                    .collect(Collectors.toCollection(TreeSet::new));
            Change change = awaiting.isEmpty()
                    ? change(declared, ownership.settled(declared.id()), observed, resolve(declared, others))
                    : new Change.Unknown(awaiting);
            return planned(declared, ownership, change, observed.map(one -> one));
        } catch (DriverException e) {
            return planned(declared, ownership, new Change.Unplannable(e.why()), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Cause interrupted = new Cause("interrupted", declared.id().toString(), "plan again");
            return planned(declared, ownership, new Change.Unplannable(interrupted), Optional.empty());
        }
    }

    private static <S extends Record, O> Planned planned(
            Declared<S, O> declared, Ownership ownership, Change change, Optional<Observed<?, ?>> observed) {
        Step step = new Step(
                declared.id(),
                ownership.physical(declared.id()),
                declared.driver().durability(),
                change,
                declared.after(),
                ownership.movedFrom(declared.id()));
        return new Planned(step, observed);
    }

    private static boolean isSettled(Planned planned) {
        return planned.step().change() instanceof Change.None || planned.step().change() instanceof Change.Adopt;
    }

    private static <S extends Record> S resolve(Declared<S, ?> declared, Map<ResourceId, Planned> others)
            throws DriverException {
        return Declaration.resolve(
                declared,
                source -> requireNonNull(others.get(source))
                        .observed()
                        .orElseThrow()
                        .outputs());
    }

    static <S extends Record, O> Change change(
            Declared<S, O> declared, Ledger.Settled settled, Optional<Observed<S, O>> observed, S desired) {
        if (observed.isEmpty()) {
            return new Change.Create(desired);
        }
        S current = observed.get().state();
        if (current.equals(desired)) {
            return settled == Ledger.Settled.YES ? new Change.None() : new Change.Adopt();
        }
        List<Difference> fields = Difference.between(current, desired);
        return declared.driver()
                .replacementReason(current, desired)
                .<Change>map(why -> new Change.Replace(fields, why))
                .orElseGet(() -> new Change.Update(fields));
    }

    private static Planned planLeft(ResourceId id, Ownership ownership, ResourceGraph graph, Calls calls) {
        Ledger.Owned owned = requireNonNull(ownership.left().get(id));
        Optional<Driver<?, ?>> driver = graph.driver(id.kind());
        if (driver.isEmpty()) {
            Cause cause = new Cause(
                    "%s is owned by this deployment and not declared any more, but nothing here knows its kind"
                            .formatted(id),
                    id.toString(),
                    "deploy with the version that made it, or with the module that has its driver");
            Step step = new Step(
                    id,
                    owned.physical(),
                    Durability.STATEFUL,
                    new Change.Unplannable(cause),
                    Set.of(),
                    Optional.empty());
            return new Planned(step, Optional.empty());
        }
        return planLeft(id, owned, driver.get(), calls);
    }

    private static <S extends Record, O> Planned planLeft(
            ResourceId id, Ledger.Owned owned, Driver<S, O> driver, Calls calls) {
        Change change;
        try {
            change = calls.call(driver.target(owned.physical()), id.toString(), () -> driver.read(owned.physical()))
                            .isPresent()
                    ? new Change.Delete()
                    : new Change.Forget();
        } catch (DriverException e) {
            change = new Change.Unplannable(e.why());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            change = new Change.Unplannable(new Cause("interrupted", id.toString(), "plan again"));
        }
        Step step = new Step(id, owned.physical(), driver.durability(), change, Set.of(), Optional.empty());
        return new Planned(step, Optional.empty());
    }

    private static GraphPlan inOrder(Set<ResourceId> declared, Ownership ownership, Map<ResourceId, Planned> planned) {
        List<Step> steps = new ArrayList<>();
        Map<ResourceId, Observed<?, ?>> observed = new HashMap<>();
        for (ResourceId id : declared) {
            Planned one = requireNonNull(planned.get(id));
            steps.add(one.step());
            one.observed().ifPresent(found -> observed.put(id, found));
        }
        for (var deletion : DeletionOrder.of(ownership.left()).entrySet()) {
            Step step = requireNonNull(planned.get(deletion.getKey())).step();
            steps.add(new Step(
                    step.id(),
                    step.physical(),
                    step.durability(),
                    step.change(),
                    deletion.getValue(),
                    Optional.empty()));
        }
        return new GraphPlan(steps, observed);
    }
}
