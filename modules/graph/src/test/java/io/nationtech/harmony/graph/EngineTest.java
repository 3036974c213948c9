package io.nationtech.harmony.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.form.Difference;
import io.nationtech.harmony.graph.World.Number;
import io.nationtech.harmony.graph.World.Thing;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 3, Duration.ZERO);

    private final World world = new World(Power.endless());
    private final MemoryJournal journal = MemoryJournal.empty();
    private Driver<Thing, Number> driver = world.driver(Durability.STATELESS);
    private Consent consent = new Consent.Nothing();
    private Limits limits = LIMITS;

    private static Output<Thing> thing(String text) {
        return Output.of(new Thing(text, List.of()));
    }

    private static ResourceId id(String name) {
        return new ResourceId(World.THING, ResourceName.of(name));
    }

    private ResourceGraph.Builder graph() {
        return ResourceGraph.builder().knows(driver);
    }

    private Output<Number> add(ResourceGraph.Builder graph, String name, Output<Thing> desired, String... previously) {
        ResourceName[] before =
                List.of(previously).stream().map(ResourceName::of).toArray(ResourceName[]::new);
        return graph.add(driver, Number.class, ResourceName.of(name), desired, before);
    }

    private ResourceGraph one(String name, String text, String... previously) {
        ResourceGraph.Builder graph = graph();
        add(graph, name, thing(text), previously);
        return graph.build();
    }

    private GraphPlan plan(ResourceGraph graph) throws InterruptedException {
        return new Planner(limits, RandomGenerator.getDefault()).plan(graph, journal.now());
    }

    private Applied apply(ResourceGraph graph) throws InterruptedException {
        MemoryJournal open = journal.reopened(Power.endless());
        GraphPlan plan = plan(graph);
        return new Applier(limits, RandomGenerator.getDefault(), consent, ApplyProgress.silent())
                .apply(graph, plan, open);
    }

    private static Change change(GraphPlan plan, String name) {
        return plan.steps().stream()
                .filter(step -> step.id().equals(id(name)))
                .findFirst()
                .orElseThrow()
                .change();
    }

    private static Cause onlyFailure(Applied applied) {
        assertEquals(1, applied.failures().size(), applied.failures()::toString);
        return applied.failures().getFirst();
    }

    @Test
    void anUpdateNamesTheFieldsThatDiffer() throws InterruptedException {
        apply(one("a", "old"));

        assertEquals(
                new Change.Update(List.of(new Difference("text", "old", "new"))), change(plan(one("a", "new")), "a"));
    }

    @Test
    void aNodesResourceIsNamedByItsLabelAndNotByItsPlace() {
        List<Difference> changes = Difference.between(
                new Share(List.of(container("a", 1), container("b", 1))), new Share(List.of(container("b", 2))));

        assertEquals(
                List.of("resources[container b].image", "resources[container a]"),
                changes.stream().map(Difference::path).toList());
        assertEquals(
                "resources[container b].image: registry.internal/b:1 → registry.internal/b:2",
                changes.getFirst().toString());
    }

    /** What a node has. */
    public record Share(List<NodeResource> resources) {}

    private static Container container(String name, int version) {
        return Container.of(
                ContainerName.of(name),
                ImageReference.of("registry.internal/%s:%d".formatted(name, version)),
                Memory.mebibytes(64));
    }

    @Test
    void anInterruptedApplyEndsWhatItBeganAndBeginsNothingMore() throws InterruptedException {
        ResourceGraph.Builder graph = graph();
        CountDownLatch reached = new CountDownLatch(1);
        AtomicReference<Outcome> end = new AtomicReference<>();
        Output<Number> first = add(graph, "first", thing("1"));
        add(graph, "second", thing("2").after(first));
        ResourceGraph built = graph.build();
        GraphPlan plan = plan(built);
        world.stuck = Optional.of(reached);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread applying = Thread.ofVirtual().start(() -> {
            try {
                new Applier(limits, RandomGenerator.getDefault(), new Consent.Nothing(), new ApplyProgress() {
                            @Override
                            public void began(Step step) {}

                            @Override
                            public void ended(Step step, Outcome outcome) {
                                end.set(outcome);
                            }
                        })
                        .apply(built, plan, journal);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        reached.await();

        applying.interrupt();
        applying.join();

        assertInstanceOf(InterruptedException.class, thrown.get());
        assertInstanceOf(Outcome.Failed.class, end.get());
        assertTrue(world.things.isEmpty());
        assertTrue(journal.now().owned(id("second")).isEmpty());
    }

    @Test
    void whatComesOfAnotherIsUnknownUntilThatIsApplied() throws InterruptedException {
        ResourceGraph.Builder graph = graph();
        Output<Number> part = add(graph, "part", thing("p"));
        add(graph, "whole", part.map(number -> new Thing("w", List.of(number.value()))));
        ResourceGraph built = graph.build();

        assertEquals(new Change.Unknown(Set.of(id("part"))), change(plan(built), "whole"));
        assertEquals(List.of(), apply(built).failures());
        assertEquals(new Change.None(), change(plan(built), "whole"));
        assertEquals(List.of("create part", "create whole"), world.writes);
    }

    @Test
    void whatMerelyComesLaterIsKnownWhenPlanningAndHeldUpByAFailure() throws InterruptedException {
        ResourceGraph.Builder graph = graph();
        Output<Number> first = add(graph, "z-first", thing("1"));
        add(graph, "a-second", thing("2").after(first));
        ResourceGraph built = graph.build();

        assertInstanceOf(Change.Create.class, change(plan(built), "a-second"));
        world.fail("z-first", 99);
        assertEquals(2, apply(built).failures().size());
        assertTrue(world.things.isEmpty());
        world.fail("z-first", 0);
        apply(built);
        assertEquals(List.of("create z-first", "create a-second"), world.writes);
    }

    @Test
    void whatExistsAsDeclaredIsAdoptedAndNotTouched() throws InterruptedException {
        world.things.put(ResourceName.of("a"), new Thing("x", List.of()));

        assertEquals(new Change.Adopt(), change(plan(one("a", "x")), "a"));
        apply(one("a", "x"));

        assertEquals(List.of(), world.writes);
        assertTrue(journal.now().owned(id("a")).isPresent());
    }

    @Test
    void aRenamedResourceIsMovedAndNotReplaced() throws InterruptedException {
        apply(one("old", "x"));

        Applied applied = apply(one("new", "x", "old"));

        assertEquals(List.of(), applied.failures());
        assertEquals(List.of("create old"), world.writes);
        assertEquals(Set.of(id("new")), journal.now().all().keySet());
        assertEquals(List.of(), plan(one("new", "x", "old")).news());
        apply(one("new", "y", "old"));
        assertEquals("y", world.things.get(ResourceName.of("old")).text());
    }

    @Test
    void aReplacementSaysWhyAndDeletesFirst() throws InterruptedException {
        apply(one("a", "x"));

        Change.Replace replace = assertInstanceOf(Change.Replace.class, change(plan(one("a", "!y")), "a"));
        apply(one("a", "!y"));

        assertEquals("its text is final", replace.why());
        assertEquals(List.of("create a", "delete a", "create a"), world.writes);
    }

    @Test
    void whatHoldsDataIsNeitherDeletedNorReplacedWithoutConsent() throws InterruptedException {
        driver = world.driver(Durability.STATEFUL);
        apply(one("a", "x"));

        Cause replaced = onlyFailure(apply(one("a", "!y")));
        Cause deleted = onlyFailure(apply(graph().build()));

        assertTrue(replaced.what().contains("holds data, and would be replaced"), replaced::toString);
        assertTrue(deleted.what().contains("holds data, and would be deleted"), deleted::toString);
        assertEquals("x", world.things.get(ResourceName.of("a")).text());
        consent = new Consent.These(Set.of(id("a")));
        assertEquals(List.of(), apply(graph().build()).failures());
        assertTrue(world.things.isEmpty());
    }

    @Test
    void wholesAreDeletedBeforeTheirParts() throws InterruptedException {
        ResourceGraph.Builder graph = graph();
        Output<Number> part = add(graph, "a-part", thing("p"));
        Output<Number> middle = add(graph, "b-middle", part.map(number -> new Thing("m", List.of(number.value()))));
        add(graph, "c-whole", middle.map(number -> new Thing("w", List.of(number.value()))));
        apply(graph.build());
        world.writes.clear();

        apply(graph().build());

        assertEquals(List.of("delete c-whole", "delete b-middle", "delete a-part"), world.writes);
    }

    @Test
    void aTransientFailureIsTriedAgainAndAPermanentOneHoldsUpOnlyWhatIsMadeOfIt() throws InterruptedException {
        apply(one("left", "x"));
        world.fail("busy", 2);
        world.fail("broken", 99);
        ResourceGraph.Builder graph = graph();
        add(graph, "busy", thing("b"));
        Output<Number> broken = add(graph, "broken", thing("b"));
        add(graph, "whole", broken.map(number -> new Thing("w", List.of(number.value()))));

        Applied applied = apply(graph.build());

        assertEquals(
                List.of(
                        "busy",
                        "not deleted, as other steps failed",
                        "not done, as thing broken comes first and failed"),
                applied.failures().stream().map(Cause::what).toList());
        assertTrue(world.things.containsKey(ResourceName.of("busy")));
        assertTrue(world.things.containsKey(ResourceName.of("left")), "nothing is deleted while something failed");
    }

    @Test
    void aDeclarationThatThrowsIsNamedAndOthersGoOn() throws InterruptedException {
        ResourceGraph.Builder graph = graph();
        add(graph, "bad", thing("x").map(_ -> {
            throw new IllegalStateException("no gateway");
        }));
        add(graph, "good", thing("x"));

        Cause cause = onlyFailure(apply(graph.build()));

        assertTrue(cause.what().contains("thing bad throws IllegalStateException: no gateway"), cause::toString);
        assertTrue(world.things.containsKey(ResourceName.of("good")));
    }

    @Test
    void anErrorInADeclarationOrADriverIsNamedAtOnceAndOthersGoOn() throws InterruptedException {
        ResourceGraph.Builder graph = graph();
        add(graph, "bad", thing("x").map(_ -> {
            throw new AssertionError("no gateway");
        }));
        graph.add(new Unlinked(), Number.class, ResourceName.of("u"), thing("x"));
        add(graph, "good", thing("x"));

        List<Cause> failures = apply(graph.build()).failures();

        assertEquals(
                List.of(
                        "the declaration of thing bad throws AssertionError: no gateway",
                        "the driver for old library failed unexpectedly: no such class: com/example/Client"),
                failures.stream().map(Cause::what).toList());
        assertTrue(world.things.containsKey(ResourceName.of("good")));
    }

    @Test
    void whenAnErrorHitsTheJournalNothingIsDeletedAndTheFailureIsNamed() throws InterruptedException {
        apply(one("old", "x"));
        ResourceGraph.Builder graph = graph();
        Output<Number> fresh = add(graph, "new", thing("x"));
        add(graph, "whole", fresh.map(number -> new Thing("w", List.of(number.value()))));
        ResourceGraph built = graph.build();
        GraphPlan plan = plan(built);
        Journal dying = new DyingJournal(journal.reopened(Power.endless()), id("new"));

        Applied applied = new Applier(limits, RandomGenerator.getDefault(), consent, ApplyProgress.silent())
                .apply(built, plan, dying);

        assertEquals(
                List.of(
                        "the step failed unexpectedly: java.lang.OutOfMemoryError: heap",
                        "not deleted, as other steps failed",
                        "not done, as thing new comes first and failed"),
                applied.failures().stream().map(Cause::what).toList());
        assertEquals(Set.of(ResourceName.of("old")), world.things.keySet());
        assertTrue(journal.now().owned(id("old")).isPresent());
    }

    /** Has no memory left as soon as a certain resource is written down. */
    private record DyingJournal(Journal rest, ResourceId at) implements Journal {
        @Override
        public Ledger ledger() {
            return rest.ledger();
        }

        @Override
        public void append(JournalEntry entry) {
            if (entry.id().equals(at)) {
                throw new OutOfMemoryError("heap");
            }
            rest.append(entry);
        }

        @Override
        public void close() {
            rest.close();
        }
    }

    @Test
    void anErrorThatEndsAVisitEndsTheWalkAndIsNotASuccess() {
        Map<ResourceId, Set<ResourceId>> after = Map.of(id("a"), Set.of(), id("b"), Set.of(id("a")));
        OutOfMemoryError heap = new OutOfMemoryError("heap");

        OutOfMemoryError thrown = assertThrows(
                OutOfMemoryError.class,
                () -> Walk.over(after, (_, _) -> {
                    throw heap;
                }));

        assertSame(heap, thrown);
    }

    @Test
    void noMemoryInADriverIsNoTargetThatHangs() throws InterruptedException {
        Calls calls = new Calls(new Limits(Duration.ofMinutes(5), 1, Duration.ZERO), RandomGenerator.getDefault());

        DriverException e = assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThrows(
                        DriverException.class,
                        () -> calls.call(new Target("small", 1), "x", () -> {
                            throw new OutOfMemoryError("heap");
                        })));

        assertEquals("the driver for small failed unexpectedly: heap", e.why().what());
    }

    /** Was built with a library that is not there. */
    private record Unlinked() implements Driver<Thing, Number> {
        @Override
        public KindName kind() {
            return KindName.of("unlinked");
        }

        @Override
        public Target target(ResourceName name) {
            return new Target("old library", 2);
        }

        @Override
        public Durability durability() {
            return Durability.STATELESS;
        }

        @Override
        public Optional<Observed<Thing, Number>> read(ResourceName name) {
            throw new NoClassDefFoundError("no such class: com/example/Client");
        }

        @Override
        public void create(ResourceName name, Thing desired) {}

        @Override
        public void update(ResourceName name, Thing current, Thing desired) {}

        @Override
        public void delete(ResourceName name) {}
    }

    @Test
    void aTargetThatHangsIsGivenUpAndOthersGoOn() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        limits = new Limits(Duration.ofMillis(200), 3, Duration.ZERO);
        Hanging hanging = new Hanging(never);
        ResourceGraph.Builder graph = graph();
        for (int i = 0; i < 5; i++) {
            graph.add(hanging, Number.class, ResourceName.of("h" + i), thing("x"));
        }
        add(graph, "good", thing("x"));

        List<Cause> failures = apply(graph.build()).failures();

        assertEquals(5, failures.size());
        assertTrue(failures.getFirst().what().contains("tar pit did not answer"), failures::toString);
        assertTrue(hanging.calls.get() <= 2, "asked no more than it bears: " + hanging.calls);
        assertTrue(world.things.containsKey(ResourceName.of("good")));
    }

    /** Never answers, and does not mind being interrupted. */
    private record Hanging(CountDownLatch never, AtomicInteger calls) implements Driver<Thing, Number> {
        Hanging(CountDownLatch never) {
            this(never, new AtomicInteger());
        }

        @Override
        public KindName kind() {
            return KindName.of("pit");
        }

        @Override
        public Target target(ResourceName name) {
            return new Target("tar pit", 2);
        }

        @Override
        public Durability durability() {
            return Durability.STATELESS;
        }

        @Override
        public Optional<Observed<Thing, Number>> read(ResourceName name) {
            calls.incrementAndGet();
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // as stubborn as a blocked read of a dead disk
                }
            }
            return Optional.empty();
        }

        @Override
        public void create(ResourceName name, Thing desired) {}

        @Override
        public void update(ResourceName name, Thing current, Thing desired) {}

        @Override
        public void delete(ResourceName name) {}
    }

    @Test
    void aTargetIsAskedNoMoreAtATimeThanItBears() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Calls calls = new Calls(LIMITS, RandomGenerator.getDefault());
        Target target = new Target("small", 3);
        List<Thread> callers = java.util.stream.IntStream.range(0, 50)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    try {
                        calls.call(target, "x", () -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.yield();
                            return now.decrementAndGet();
                        });
                    } catch (DriverException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }

        assertTrue(most.get() <= 3, "at a time: " + most);
    }

    @Test
    void aJournalThatTellsOfACycleIsRefusedWithThePath() {
        journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of(id("b"))));
        journal.append(new JournalEntry.Began(id("b"), ResourceName.of("b"), Set.of(id("a"))));

        JournalException e = assertThrows(JournalException.class, () -> plan(graph().build()));

        assertTrue(e.why().what().endsWith("thing a → thing b → thing a"), e.why()::toString);
    }

    @Test
    void anOrderThatWasTurnedRoundIsNoCycleWhenAllIsDeleted() throws InterruptedException {
        ResourceGraph.Builder first = graph();
        Output<Number> one = add(first, "a", thing("x"));
        add(first, "b", thing("x").after(one));
        apply(first.build());
        ResourceGraph.Builder second = graph();
        Output<Number> other = add(second, "b", thing("x"));
        add(second, "a", thing("y").after(other));
        apply(second.build());

        Applied applied = apply(graph().build());

        assertEquals(List.of(), applied.failures());
        assertEquals(List.of("delete a", "delete b"), world.writes.subList(3, 5));
    }

    @Test
    void theSameNameTwiceIsRefused() {
        ResourceGraph.Builder graph = graph();
        add(graph, "a", thing("x"));

        assertThrows(InvalidValueException.class, () -> add(graph, "a", thing("x")));
    }

    @Test
    void theFingerprintOfAPlanChangesWithThePlanAndWithTheWorld() throws InterruptedException {
        String first = plan(one("a", "x")).fingerprint();

        assertEquals(first, plan(one("a", "x")).fingerprint());
        assertTrue(!first.equals(plan(one("a", "y")).fingerprint()));
        world.things.put(ResourceName.of("a"), new Thing("z", List.of()));
        assertTrue(!first.equals(plan(one("a", "x")).fingerprint()));
    }

    /** What a set or a map holds has another order in every process, and a plan is saved by one and applied by another. */
    @Test
    void theFingerprintOfAPlanIsThatOfTheSamePlanInAnotherProcess() {
        List<String> names = List.of("a", "b", "c");

        assertEquals(saving(names).fingerprint(), saving(names.reversed()).fingerprint());
    }

    public record Holder(Map<String, Integer> map, Set<String> set) {}

    private static GraphPlan saving(List<String> order) {
        Map<String, Integer> map = new LinkedHashMap<>();
        order.forEach(name -> map.put(name, 1));
        Holder holder = new Holder(map, new LinkedHashSet<>(order));
        Step step = new Step(
                id("a"),
                ResourceName.of("a"),
                Durability.STATELESS,
                new Change.Create(holder),
                Set.of(),
                Optional.empty());
        return new GraphPlan(List.of(step), Map.of(step.id(), new Observed<>(holder, 1)));
    }
}
