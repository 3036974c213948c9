package io.nationtech.harmony.journal.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Applied;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.GraphPlan;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.Output;
import io.nationtech.harmony.graph.Planner;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.graph.Target;
import io.nationtech.harmony.mesh.contract.NatsServer;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsMesh;
import io.nationtech.harmony.mesh.nats.NatsOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** As many resources as a large fleet has nodes, each a millisecond of work, over a real server that syncs each write to disk. */
class ThousandStepsTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final int COUNT = 1_000;
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final Map<ResourceName, Thing> things = new ConcurrentHashMap<>();

    /** What is declared. */
    public record Thing(String text) {}

    @Test
    void aThousandIndependentStepsAreJournalledAtTheSameTime() throws InterruptedException {
        try (NatsServer server = NatsServer.start();
                NatsMesh mesh = NatsMesh.connect(NatsOptions.of(NatsAddress.parse(server.url()), "test"))) {
            MeshJournals journals = new MeshJournals(
                    mesh, InstantSource.system(), System::nanoTime, RandomGenerator.getDefault(), _ -> {});
            Duration first = applied(journals, "one");
            Duration second = applied(journals, "two");
            Duration third = applied(journals, "three");
            Duration read =
                    took(() -> assertEquals(COUNT, journals.read(WEBSITE).all().size()));

            System.out.printf("%d steps: %s, %s, %s; the journal is read in %s%n", COUNT, first, second, third, read);
            assertTrue(third.compareTo(BOUND) < 0, () -> "took " + third);
        }
    }

    private Duration applied(MeshJournals journals, String text) {
        return took(() -> {
            ResourceGraph graph = graph(text);
            try (Journal journal = assertInstanceOf(
                            Opening.Opened.class, journals.open(WEBSITE, Author.of("alice@laptop")))
                    .journal()) {
                GraphPlan plan =
                        new Planner(Limits.usual(), RandomGenerator.getDefault()).plan(graph, journal.ledger());
                Applied applied = new Applier(
                                Limits.usual(),
                                RandomGenerator.getDefault(),
                                new Consent.Nothing(),
                                ApplyProgress.silent())
                        .apply(graph, plan, journal);
                assertEquals(List.of(), applied.failures());
                assertEquals(COUNT, applied.changed());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Duration took(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private ResourceGraph graph(String text) {
        ResourceGraph.Builder builder = ResourceGraph.builder();
        Driver<Thing, Thing> driver = new ThingDriver();
        for (int i = 0; i < COUNT; i++) {
            builder.add(driver, Thing.class, ResourceName.of("node-" + i), Output.of(new Thing(text)));
        }
        return builder.build();
    }

    /** Each thing is a target of its own, as nodes are. */
    private final class ThingDriver implements Driver<Thing, Thing> {
        @Override
        public KindName kind() {
            return KindName.of("thing");
        }

        @Override
        public Target target(ResourceName name) {
            return new Target(name.value(), 1);
        }

        @Override
        public Durability durability() {
            return Durability.STATELESS;
        }

        @Override
        public Optional<Observed<Thing, Thing>> read(ResourceName name) {
            return Optional.ofNullable(things.get(name)).map(thing -> new Observed<>(thing, thing));
        }

        @Override
        public void create(ResourceName name, Thing desired) {
            work(name, desired);
        }

        @Override
        public void update(ResourceName name, Thing current, Thing desired) {
            work(name, desired);
        }

        private void work(ResourceName name, Thing desired) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            things.put(name, desired);
        }

        @Override
        public void delete(ResourceName name) {
            things.remove(name);
        }
    }
}
