package io.nationtech.harmony.graph;

import static java.util.Objects.requireNonNull;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.form.Difference;
import io.nationtech.harmony.graph.Applier.Result;
import io.nationtech.harmony.graph.ResourceGraph.Declared;
import java.util.Map;
import java.util.Optional;

/** One step at a time: journal, write, read back, journal. */
record Making(GraphPlan plan, Journal journal, Calls calls, Consent consent) {

    <S extends Record, O> Result make(Declared<S, O> declared, Step step, Map<ResourceId, Result> others)
            throws DriverException, InterruptedException {
        if (step.change() instanceof Change.Unplannable(Cause cause)) {
            throw new DriverException(cause, DriverException.Persistence.PERMANENT);
        }
        step.movedFrom().ifPresent(before -> journal.append(new JournalEntry.Moved(before, step.id())));
        S desired = Declaration.resolve(
                declared, source -> requireNonNull(others.get(source)).outputs().orElseThrow());
        Optional<Observed<S, O>> observed = observed(step.id());
        Change change = step.change() instanceof Change.Unknown
                ? Planner.change(declared, settled(step), observed, desired)
                : step.change();
        return switch (change) {
            case Change.None() -> {
                noteOrder(step);
                yield new Result(
                        step.movedFrom().isPresent()
                                ? new Outcome.Changed("%s is now known by this name".formatted(step.id()))
                                : new Outcome.Unchanged(),
                        observed.map(Observed::outputs));
            }
            case Change.Adopt() -> {
                begin(step);
                journal.append(new JournalEntry.Done(step.id()));
                yield new Result(
                        new Outcome.Changed("%s was there, and is adopted".formatted(step.id())),
                        observed.map(Observed::outputs));
            }
            case Change.Create _ -> write(declared, step, desired, driver -> driver.create(step.physical(), desired));
            case Change.Update _ ->
                write(
                        declared,
                        step,
                        desired,
                        driver -> driver.update(
                                step.physical(), observed.orElseThrow().state(), desired));
            case Change.Replace replace -> {
                requireConsent(step, replace);
                yield write(declared, step, desired, driver -> {
                    driver.delete(step.physical());
                    driver.create(step.physical(), desired);
                });
            }
            case Change.Delete _, Change.Forget _, Change.Unknown _, Change.Unplannable _ ->
                throw new IllegalStateException("%s is declared, but its change is %s".formatted(step.id(), change));
        };
    }

    /** What comes first may have changed though the resource did not: an order of long ago must not contradict one of today. */
    private void noteOrder(Step step) {
        if (owned(step).filter(known -> !known.after().equals(step.after())).isPresent()) {
            begin(step);
            journal.append(new JournalEntry.Done(step.id()));
        }
    }

    private Ledger.Settled settled(Step step) {
        return owned(step).map(Ledger.Owned::settled).orElse(Ledger.Settled.NO);
    }

    private Optional<Ledger.Owned> owned(Step step) {
        return journal.ledger().owned(step.movedFrom().orElse(step.id()));
    }

    @SuppressWarnings("unchecked") // the plan observed it by this very driver
    private <S extends Record, O> Optional<Observed<S, O>> observed(ResourceId id) {
        return plan.observed(id).map(one -> (Observed<S, O>) one);
    }

    private interface Write<S extends Record, O> {
        void by(Driver<S, O> driver) throws DriverException;
    }

    private <S extends Record, O> Result write(Declared<S, O> declared, Step step, S desired, Write<S, O> write)
            throws DriverException, InterruptedException {
        Driver<S, O> driver = declared.driver();
        begin(step);
        String what = step.id().toString();
        Target target = driver.target(step.physical());
        calls.call(target, what, () -> {
            write.by(driver);
            return step;
        });
        Optional<Observed<S, O>> after = calls.call(target, what, () -> driver.read(step.physical()));
        if (after.isEmpty() || !after.get().state().equals(desired)) {
            throw new DriverException(unlike(step, after, desired), DriverException.Persistence.PERMANENT);
        }
        journal.append(new JournalEntry.Done(step.id()));
        return new Result(new Outcome.Changed("%s is as declared".formatted(step.id())), after.map(Observed::outputs));
    }

    private void begin(Step step) {
        journal.append(new JournalEntry.Began(step.id(), step.physical(), step.after()));
    }

    Result delete(ResourceGraph graph, Step step) throws DriverException, InterruptedException {
        switch (step.change()) {
            case Change.Unplannable(Cause cause) ->
                throw new DriverException(cause, DriverException.Persistence.PERMANENT);
            case Change.Delete delete -> {
                requireConsent(step, delete);
                Driver<?, ?> driver = graph.driver(step.id().kind()).orElseThrow();
                calls.call(driver.target(step.physical()), step.id().toString(), () -> {
                    driver.delete(step.physical());
                    return step;
                });
            }
            case Change.None _,
                    Change.Adopt _,
                    Change.Create _,
                    Change.Update _,
                    Change.Replace _,
                    Change.Forget _,
                    Change.Unknown _ -> {}
        }
        journal.append(new JournalEntry.Gone(step.id()));
        return new Result(new Outcome.Changed("%s is gone".formatted(step.id())), Optional.empty());
    }

    private void requireConsent(Step step, Change change) throws DriverException {
        if (step.durability() == Durability.STATEFUL && !consent.covers(step.id())) {
            throw new DriverException(
                    new Cause(
                            "%s holds data, and would be %s"
                                    .formatted(step.id(), change instanceof Change.Replace ? "replaced" : "deleted"),
                            step.id().toString(),
                            "save its data first; then agree to the loss by name: --accept-loss "
                                    + step.id().path()),
                    DriverException.Persistence.PERMANENT);
        }
    }

    private static Cause unlike(Step step, Optional<? extends Observed<?, ?>> after, Record desired) {
        String how = after.map(one -> Difference.between(one.state(), desired).toString())
                .orElse("it is not there");
        return new Cause(
                "%s was written, but read back it is not as declared: %s".formatted(step.id(), how),
                step.id().toString(),
                "something else changes it at the same time: find out what, then apply again");
    }
}
