package io.nationtech.harmony.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.Applier;
import io.nationtech.harmony.graph.ApplyProgress;
import io.nationtech.harmony.graph.Consent;
import io.nationtech.harmony.graph.Driver;
import io.nationtech.harmony.graph.Durability;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.Limits;
import io.nationtech.harmony.graph.Observed;
import io.nationtech.harmony.graph.Output;
import io.nationtech.harmony.graph.Planner;
import io.nationtech.harmony.graph.ResourceGraph;
import io.nationtech.harmony.graph.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system of 64 KiB that is really full. */
class FullDiskTest {
    private static final DeploymentName SITE = DeploymentName.of("website");
    private static final Author ANN = Author.of("ann@desk");
    private static final int PAGE = 4_096;
    private static final int RESOURCES = 600;

    @TempDir
    private Path folder;

    private final Map<ResourceName, Value> world = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private final Random chance = new Random(1);
    private Path small = Path.of("");
    private Path ballast = Path.of("");

    /** What is declared. */
    record Value(String text) {}

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        small = Files.createDirectory(folder.resolve("small"));
        ballast = small.resolve("ballast");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k", "none", small.toString()) == 0,
                "needs to mount a small tmpfs");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", small.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** Takes all room but so many pages. */
    private void leave(int pages) throws IOException {
        int free = (int) (Files.getFileStore(small).getUsableSpace() / PAGE);
        Files.write(ballast, new byte[(free - pages) * PAGE]);
    }

    @Test
    void anApplyThatFillsTheDiskSaysSoAndGoesOnOnceThereIsRoom() throws IOException, InterruptedException {
        leave(3);

        List<Cause> failures = apply();

        assertFalse(failures.isEmpty());
        Cause full = failures.stream()
                .filter(cause -> cause.what().contains("No space left"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(failures.toString()));
        assertTrue(full.what().startsWith("the journal cannot be written, so nothing more is done"), full::toString);
        assertEquals(small.resolve("website.journal").toString(), full.where());
        assertTrue(full.next().contains("df -h"), full::toString);
        assertTrue(world.size() < RESOURCES, "nothing is done that the journal does not know");
        Ledger kept = journals().read(SITE);
        assertTrue(
                world.keySet().stream()
                        .allMatch(name -> kept.owned(resource(name)).isPresent()),
                "what was done is owned");

        Files.delete(ballast);

        assertEquals(List.of(), apply());
        assertEquals(RESOURCES, world.size());
        assertEquals(RESOURCES, writes.get(), "nothing was made twice");
        assertEquals(RESOURCES, journals().read(SITE).all().size());
    }

    @Test
    void aJournalThatCannotBeBegunSaysSoAndLeavesNothingHeld() throws IOException {
        leave(0);

        JournalException e =
                assertThrows(JournalException.class, () -> journals().open(SITE, ANN));

        assertTrue(e.why().what().contains("No space left"), e.why()::toString);
        assertTrue(e.why().next().startsWith("make room on the disk"), e.why()::toString);
        Files.delete(ballast);
        assertInstanceOf(Opening.Opened.class, journals().open(SITE, ANN))
                .journal()
                .close();
    }

    private FileJournals journals() {
        return new FileJournals(small, InstantSource.fixed(Instant.EPOCH));
    }

    private List<Cause> apply() throws InterruptedException {
        ResourceGraph.Builder graph = ResourceGraph.builder();
        for (int i = 0; i < RESOURCES; i++) {
            graph.add(
                    new ValueDriver(this),
                    String.class,
                    ResourceName.of("value-" + i),
                    Output.of(new Value("text " + i)));
        }
        ResourceGraph declared = graph.build();
        try (Journal journal = assertInstanceOf(Opening.Opened.class, journals().open(SITE, ANN))
                .journal()) {
            return new Applier(Limits.usual(), chance, new Consent.Nothing(), ApplyProgress.silent())
                    .apply(declared, new Planner(Limits.usual(), chance).plan(declared, journal.ledger()), journal)
                    .failures();
        }
    }

    private static ResourceId resource(ResourceName name) {
        return new ResourceId(KindName.of("value"), name);
    }

    private record ValueDriver(FullDiskTest test) implements Driver<Value, String> {
        @Override
        public KindName kind() {
            return KindName.of("value");
        }

        @Override
        public Target target(ResourceName name) {
            return new Target("world", 8);
        }

        @Override
        public Durability durability() {
            return Durability.STATELESS;
        }

        @Override
        public Optional<Observed<Value, String>> read(ResourceName name) {
            return Optional.ofNullable(test.world.get(name)).map(value -> new Observed<>(value, value.text()));
        }

        @Override
        public void create(ResourceName name, Value desired) {
            test.writes.incrementAndGet();
            test.world.put(name, desired);
        }

        @Override
        public void update(ResourceName name, Value current, Value desired) {
            create(name, desired);
        }

        @Override
        public void delete(ResourceName name) {
            test.world.remove(name);
        }
    }
}
