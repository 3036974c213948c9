package io.nationtech.harmony.journal.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.graph.History.State;
import io.nationtech.harmony.graph.Journal;
import io.nationtech.harmony.graph.JournalEntry;
import io.nationtech.harmony.graph.JournalException;
import io.nationtech.harmony.graph.Journals.Opening;
import io.nationtech.harmony.graph.Ledger;
import io.nationtech.harmony.graph.Ledger.Settled;
import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.mesh.memory.InProcessHub;
import io.nationtech.harmony.mesh.memory.InProcessMesh;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Journals in the mesh, with time that tests move: a lease is renewed every 20 ms of true time, and looked at every 5 ms. */
class MeshJournalsTest {
    private static final DeploymentName WEBSITE = DeploymentName.of("website");
    private static final Author ALICE = Author.of("alice@laptop");
    private static final Author BOB = Author.of("bob@desk");
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final InProcessMesh mesh = new InProcessHub().connect();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Opening.Held> waiting = new CopyOnWriteArrayList<>();
    private final MeshJournals journals = new MeshJournals(
            mesh,
            new MeshJournals.Clocks(
                    () -> NOON, nanos::get, RandomGenerator.getDefault(), Duration.ofMillis(20), Duration.ofMillis(5)),
            waiting::add);

    /** For the tests that write into the buckets by hand. */
    @BeforeEach
    void makeBuckets() {
        mesh.ensureBucket(new BucketName("journals"), 1);
        mesh.ensureBucket(new BucketName("leases"), 1);
    }

    @Test
    void theFirstWhoReadsOrOpensMakesTheBuckets() {
        InProcessMesh empty = new InProcessHub().connect();
        MeshJournals first =
                new MeshJournals(empty, () -> NOON, nanos::get, RandomGenerator.getDefault(), waiting::add);

        assertTrue(first.read(WEBSITE).all().isEmpty());
        assertInstanceOf(
                        Opening.Opened.class,
                        new MeshJournals(empty, () -> NOON, nanos::get, RandomGenerator.getDefault(), waiting::add)
                                .open(WEBSITE, ALICE))
                .journal()
                .close();
    }

    @Test
    void whatIsAppendedIsOwnedByWhoeverOpensNext() {
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of()));
            journal.append(new JournalEntry.Done(id("a")));
            journal.append(new JournalEntry.Began(id("b"), ResourceName.of("b"), Set.of(id("a"))));
            journal.append(new JournalEntry.Began(id("c"), ResourceName.of("c"), Set.of()));
            journal.append(new JournalEntry.Gone(id("c")));
        }

        try (Journal journal = opened(BOB)) {
            Ledger ledger = journal.ledger();
            assertEquals(Set.of(id("a"), id("b")), ledger.all().keySet());
            assertEquals(Settled.YES, ledger.owned(id("a")).orElseThrow().settled());
            assertEquals(Settled.NO, ledger.owned(id("b")).orElseThrow().settled());
            assertEquals(Set.of(id("a")), ledger.owned(id("b")).orElseThrow().after());
        }
    }

    @Test
    void deploymentsHaveJournalsOfTheirOwn() {
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of()));

            assertTrue(journals.read(DeploymentName.of("other")).all().isEmpty());
            assertInstanceOf(Opening.Opened.class, journals.open(DeploymentName.of("other"), BOB));
        }
    }

    @Test
    void aNameThatNoKeyCanHaveIsKeptAllTheSame() {
        ResourceId odd = id("www.example.org:80/" + "x".repeat(230));
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(odd, odd.name(), Set.of()));
        }

        assertTrue(journals.read(WEBSITE).owned(odd).isPresent());
        assertTrue(journals.last(WEBSITE, odd).isPresent());
    }

    @Test
    void aMoveIsWholeEvenWhenItIsCutOff() {
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(id("old"), ResourceName.of("old"), Set.of()));
            journal.append(new JournalEntry.Done(id("old")));
            // All that a move writes before a crash can cut it off.
            Ledger.Owned owned = new Ledger.Owned(ResourceName.of("old"), Set.of(), Settled.YES);
            JournalRecord moved = JournalRecord.owned(id("new"), owned, ALICE, Optional.of(id("old")));
            bucket("journals").put(Keys.of(WEBSITE, id("new")), moved.write());
        }

        assertEquals(Set.of(id("new")), journals.read(WEBSITE).all().keySet());
        try (Journal journal = opened(BOB)) {
            journal.append(new JournalEntry.Began(id("new"), ResourceName.of("old"), Set.of()));
        }
        assertEquals(Set.of(id("new")), journals.read(WEBSITE).all().keySet());
    }

    @Test
    void aMoveKeepsTheNameInTheWorld() {
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(id("old"), ResourceName.of("old"), Set.of()));
            journal.append(new JournalEntry.Moved(id("old"), id("new")));
        }

        Ledger ledger = journals.read(WEBSITE);
        assertEquals(Set.of(id("new")), ledger.all().keySet());
        assertEquals(
                ResourceName.of("old"), ledger.owned(id("new")).orElseThrow().physical());
    }

    @Test
    void aSecondOneIsToldWhoHasItSinceWhen() {
        try (Journal _ = opened(ALICE)) {
            Opening.Held held = assertInstanceOf(Opening.Held.class, journals.open(WEBSITE, BOB));

            assertEquals(new Opening.Held(ALICE, NOON), held);
            assertEquals(List.of(held), waiting);
        }
        opened(BOB).close();
    }

    @Test
    void ofManyWhoOpenAtOnceNeverTwoHaveIt() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger turns = new AtomicInteger();
        List<Thread> all = IntStream.range(0, 6)
                .mapToObj(one -> Thread.ofVirtual().start(() -> {
                    while (turns.get() < 20) {
                        if (journals.open(WEBSITE, Author.of("author@" + one))
                                instanceof Opening.Opened(Journal journal)) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of()));
                            journal.append(new JournalEntry.Done(id("a")));
                            turns.incrementAndGet();
                            inside.decrementAndGet();
                            journal.close();
                        }
                    }
                }))
                .toList();
        for (Thread thread : all) {
            thread.join();
        }

        assertEquals(1, most.get());
        assertTrue(turns.get() >= 20);
    }

    @Test
    void whoCrashedIsWatchedUntilItsLeaseRanOut() {
        new Leases(bucket("leases"), new Holder(ALICE, NOON, "1").text(), Leases.SHORTEST_TERM, nanos::get)
                .tryAcquire(Keys.lease(WEBSITE))
                .orElseThrow();
        CompletableFuture<Opening> opening = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> opening.complete(journals.open(WEBSITE, BOB)));
        Eventually.holds("it is watched", () -> !waiting.isEmpty());
        assertFalse(opening.isDone());

        nanos.addAndGet(Duration.ofSeconds(17).toNanos());

        Journal journal = assertInstanceOf(Opening.Opened.class, opening.join()).journal();
        journal.close();
    }

    @Test
    void aLeaseThatRanOutUnawaresStopsTheApply() {
        try (Journal journal = opened(ALICE)) {
            mesh.cut();
            nanos.addAndGet(Duration.ofSeconds(16).toNanos());
            mesh.restore();

            Cause cause = assertThrows(
                            JournalException.class,
                            () -> journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of())))
                    .why();

            assertTrue(cause.what().contains("ran out"), cause::toString);
        }
    }

    @Test
    void whoWasOvertakenCannotWrite() {
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of()));
            bucket("journals")
                    .put(
                            Keys.of(WEBSITE, id("a")),
                            JournalRecord.gone(id("a"), BOB).write());

            Cause cause = assertThrows(JournalException.class, () -> journal.append(new JournalEntry.Done(id("a"))))
                    .why();

            assertTrue(cause.what().contains("somebody else wrote"), cause::toString);
        }
        assertTrue(journals.read(WEBSITE).all().isEmpty());
    }

    @Test
    void whatANewerVersionWroteIsNotGuessed() {
        bucket("journals").put(Keys.of(WEBSITE, id("a")), Payload.of("2 whatever it means"));

        Cause cause = assertThrows(JournalException.class, () -> journals.read(WEBSITE))
                .why();

        assertTrue(cause.what().contains("form 2; form 1 is the newest known here"), cause::toString);
        assertTrue(cause.where().contains("website.thing.a"), cause::toString);
        assertThrows(JournalException.class, () -> journals.open(WEBSITE, ALICE));
        bucket("journals").delete(Keys.of(WEBSITE, id("a")));
        opened(BOB).close();
    }

    @Test
    void whatCannotBeReadCountsAsNotThereAndIsSetAsideByTheNextApply() {
        Key odd = Key.of("website", "what-is-this");
        bucket("journals").put(odd, Payload.of("garbage"));
        for (String text : List.of(
                JournalRecord.gone(id("b"), BOB).write().text(), "1 done", "1 done alice@laptop thing", "x", "1")) {
            Key own = Keys.of(WEBSITE, id("a"));
            bucket("journals").put(own, Payload.of(text));
            try (Journal journal = opened(ALICE)) {
                journal.append(new JournalEntry.Began(id("c"), ResourceName.of("c"), Set.of()));
            }
            bucket("journals").put(own, Payload.of(text));

            assertEquals(Set.of(id("c")), journals.read(WEBSITE).all().keySet(), text);
            assertEquals(Optional.empty(), journals.last(WEBSITE, id("a")), text);
            try (Journal journal = opened(ALICE)) {
                assertEquals(Set.of(id("c")), journal.ledger().all().keySet(), text);
                assertEquals(
                        JournalRecord.SET_ASIDE,
                        bucket("journals").get(own).orElseThrow().value());
                journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of()));
            }
            assertEquals(Set.of(id("a"), id("c")), journals.read(WEBSITE).all().keySet(), text);
            try (Journal journal = opened(ALICE)) {
                journal.append(new JournalEntry.Gone(id("a")));
            }
        }
        assertEquals(
                JournalRecord.SET_ASIDE,
                bucket("journals").get(odd).orElseThrow().value());
    }

    @Test
    void tellsTheLastChangeAndWhoMadeIt() {
        try (Journal journal = opened(ALICE)) {
            journal.append(new JournalEntry.Began(id("a"), ResourceName.of("a"), Set.of()));
        }
        assertEquals(State.BEGAN, journals.last(WEBSITE, id("a")).orElseThrow().state());
        try (Journal journal = opened(BOB)) {
            journal.append(new JournalEntry.Done(id("a")));
        }

        assertEquals(State.DONE, journals.last(WEBSITE, id("a")).orElseThrow().state());
        assertEquals(BOB, journals.last(WEBSITE, id("a")).orElseThrow().by());
        assertEquals(Optional.empty(), journals.last(WEBSITE, id("b")));
    }

    @Test
    void aHolderThatCannotBeReadHoldsItAllTheSame() {
        bucket("leases").put(Keys.lease(WEBSITE), Payload.of("older-form 3"));
        CompletableFuture<Opening> opening = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> opening.complete(journals.open(WEBSITE, BOB)));
        Eventually.holds("it is watched", () -> !waiting.isEmpty());

        assertEquals(Author.of("somebody"), waiting.getFirst().by());
        nanos.addAndGet(Duration.ofSeconds(17).toNanos());
        assertInstanceOf(Opening.Opened.class, opening.join()).journal().close();
    }

    private Journal opened(Author author) {
        return assertInstanceOf(Opening.Opened.class, journals.open(WEBSITE, author))
                .journal();
    }

    private Bucket bucket(String name) {
        return mesh.bucket(new BucketName(name));
    }

    private static ResourceId id(String name) {
        return ResourceId.parse("thing/" + name);
    }
}
