package io.nationtech.harmony.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EngineLawsTest {
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 3, Duration.ZERO);

    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    private static List<Cause> apply(World world, MemoryJournal journal, Shape shape, long seed)
            throws InterruptedException {
        ResourceGraph graph = shape.graph(world.driver(Durability.STATELESS), seed);
        GraphPlan plan = plan(world, journal, shape, seed);
        return new Applier(LIMITS, RandomGenerator.getDefault(), new Consent.Nothing(), ApplyProgress.silent())
                .apply(graph, plan, journal)
                .failures();
    }

    private static GraphPlan plan(World world, MemoryJournal journal, Shape shape, long seed)
            throws InterruptedException {
        return new Planner(LIMITS, RandomGenerator.getDefault())
                .plan(shape.graph(world.driver(Durability.STATELESS), seed), journal.ledger());
    }

    private static Map<String, String> texts(World world) {
        return world.things.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().value(), e -> e.getValue().text()));
    }

    private static Map<String, String> texts(Shape shape) {
        return shape.texts().entrySet().stream().collect(Collectors.toMap(e -> "t" + e.getKey(), Map.Entry::getValue));
    }

    @Property(tries = 200)
    void applyingTwiceChangesNothing(@ForAll("shapes") Shape before, @ForAll("shapes") Shape shape, @ForAll long seed)
            throws InterruptedException {
        World world = new World(Power.endless());
        MemoryJournal journal = MemoryJournal.empty();
        assertEquals(List.of(), apply(world, journal, before, seed));
        assertEquals(List.of(), apply(world, journal.reopened(Power.endless()), shape, seed));
        assertEquals(texts(shape), texts(world));
        int writes = world.writes.size();

        assertEquals(
                List.of(),
                plan(world, journal.reopened(Power.endless()), shape, seed).news());
        assertEquals(List.of(), apply(world, journal.reopened(Power.endless()), shape, seed));

        assertEquals(writes, world.writes.size());
    }

    @Property(tries = 100)
    void anyOrderOfDeclarationGivesTheSameWorld(
            @ForAll("shapes") Shape shape, @ForAll long seed, @ForAll long otherSeed) throws InterruptedException {
        World one = new World(Power.endless());
        World other = new World(Power.endless());

        apply(one, MemoryJournal.empty(), shape, seed);
        apply(other, MemoryJournal.empty(), shape, otherSeed);

        assertEquals(one.things, other.things);
    }

    @Property(tries = 60)
    void aCrashAtEveryStepConvergesWithNothingDuplicatedOrLost(
            @ForAll("shapes") Shape before,
            @ForAll("shapes") Shape shape,
            @ForAll("shapes") Shape next,
            @ForAll long seed)
            throws InterruptedException {
        boolean crashed = true;
        for (int uses = 0; crashed; uses++) {
            World world = new World(Power.endless());
            MemoryJournal journal = MemoryJournal.empty();
            apply(world, journal, before, seed);

            Power battery = new Power(uses);
            World dying = new World(battery);
            dying.things.putAll(world.things);
            crashed = crashes(dying, journal.reopened(battery), shape, seed);

            World after = new World(Power.endless());
            after.things.putAll(dying.things);
            assertEquals(List.of(), apply(after, journal.reopened(Power.endless()), next, seed));

            assertEquals(texts(next), texts(after), "after %d uses".formatted(uses));
            assertEquals(
                    texts(next).keySet(),
                    journal.now().all().keySet().stream()
                            .map(id -> id.name().value())
                            .collect(Collectors.toSet()),
                    "what is owned after %d uses".formatted(uses));
            assertTrue(
                    journal.now().all().values().stream().allMatch(owned -> owned.settled() == Ledger.Settled.YES),
                    "all is settled");
        }
    }

    /** A driver that throws is told as a failure, a journal that does ends the apply: both are how an outage shows. */
    private static boolean crashes(World world, MemoryJournal journal, Shape shape, long seed)
            throws InterruptedException {
        try {
            return !apply(world, journal, shape, seed).isEmpty();
        } catch (Power.Outage e) {
            return true;
        }
    }
}
