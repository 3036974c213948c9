package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.ConditionalWrites;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Reply;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.UnlessChanged;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mesh does, whatever it is made of. Each adapter's tests extend this. */
public abstract class MeshContract {
    private static final Key A = Key.of("a");
    private static final Duration SOON = Duration.ofMillis(300);
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** For adapters. */
    protected MeshContract() {}

    private MeshFixture fixture;
    private Mesh mesh;
    private Mesh other;
    private Bucket bucket;
    private BucketName name;

    /** The mesh under test; closed after each test. */
    protected abstract MeshFixture open();

    @BeforeEach
    void begin() {
        fixture = open();
        mesh = fixture.connect();
        other = fixture.connect();
        name = new BucketName("contract-" + NAMES.incrementAndGet());
        mesh.ensureBucket(name, 4);
        bucket = mesh.bucket(name);
    }

    @AfterEach
    void end() {
        mesh.close();
        other.close();
        fixture.close();
    }

    private static Payload text(String value) {
        return Payload.of(value);
    }

    private static Key key(String text) {
        return Key.of(text.split("\\."));
    }

    private static long revision(Written written) {
        return assertInstanceOf(Written.At.class, written).revision();
    }

    private Bucket othersBucket() {
        return other.bucket(name);
    }

    @Test
    void whatIsPutIsRead() {
        long revision = bucket.put(A, text("1"));

        Entry entry = othersBucket().get(A).orElseThrow();

        assertEquals(A, entry.key());
        assertEquals(text("1"), entry.value());
        assertEquals(revision, entry.revision());
    }

    @Test
    void aKeyThatWasNeverWrittenIsEmpty() {
        assertEquals(Optional.empty(), bucket.get(A));
    }

    @Test
    void aKeysHistoryIsKeptAsFarBackAsTheBucketSays() {
        for (int i = 1; i <= 6; i++) {
            bucket.put(A, text(Integer.toString(i)));
            bucket.put(Key.of("b"), text("other"));
        }

        List<Entry> history = othersBucket().history(A);

        assertEquals(
                List.of(text("3"), text("4"), text("5"), text("6")),
                history.stream().map(Entry::value).toList());
        assertEquals(bucket.get(A).orElseThrow(), history.getLast());
        assertEquals(List.of(), bucket.history(Key.of("never")));
    }

    @Test
    void deletionsAreNoPartOfAHistory() {
        bucket.put(A, text("1"));
        bucket.delete(A);
        bucket.put(A, text("2"));

        assertEquals(
                List.of(text("1"), text("2")),
                bucket.history(A).stream().map(Entry::value).toList());
    }

    @Test
    void revisionsGrow() {
        long first = bucket.put(A, text("1"));
        long second = bucket.put(Key.of("b"), text("1"));
        long third = bucket.put(A, text("2"));

        assertTrue(first < second && second < third, first + " < " + second + " < " + third);
        assertEquals(text("2"), bucket.get(A).orElseThrow().value());
    }

    @Test
    void aPayloadOfNearlyOneMebibyteFits() {
        byte[] large = new byte[Payload.LARGEST - 1024];
        large[large.length - 1] = 7;

        bucket.put(A, Payload.of(large));

        assertEquals(Payload.of(large), bucket.get(A).orElseThrow().value());
    }

    @Test
    void createWritesOnlyWhereNothingIs() {
        revision(bucket.create(A, text("1")));

        assertInstanceOf(Written.Conflict.class, othersBucket().create(A, text("2")));
        assertEquals(text("1"), bucket.get(A).orElseThrow().value());
    }

    @Test
    void createWritesWhereSomethingWasDeleted() {
        bucket.put(A, text("1"));
        bucket.delete(A);

        revision(bucket.create(A, text("2")));

        assertEquals(text("2"), bucket.get(A).orElseThrow().value());
    }

    @Test
    void updateWritesOnTheExpectedRevisionOnly() {
        long first = bucket.put(A, text("1"));
        long second = revision(othersBucket().update(A, text("2"), first));

        assertInstanceOf(Written.Conflict.class, bucket.update(A, text("3"), first));
        assertEquals(text("2"), bucket.get(A).orElseThrow().value());
        revision(bucket.update(A, text("3"), second));
    }

    @Test
    void writesToOtherKeysDoNotDisturbAnUpdate() {
        long first = bucket.put(A, text("1"));
        bucket.put(Key.of("b"), text("1"));

        revision(bucket.update(A, text("2"), first));
    }

    @Test
    void ofManyConcurrentUpdatesExactlyOneWins() throws InterruptedException {
        long first = bucket.put(A, text("0"));
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> contenders = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    Bucket mine = (i % 2 == 0 ? mesh : other).bucket(name);
                    awaitLatch(start);
                    if (mine.update(A, text("by " + i), first) instanceof Written.At) {
                        winners.incrementAndGet();
                    }
                }))
                .toList();

        start.countDown();
        for (Thread contender : contenders) {
            contender.join();
        }

        assertEquals(1, winners.get());
    }

    @Test
    void whatIsDeletedIsGone() {
        bucket.put(A, text("1"));

        othersBucket().delete(A);
        othersBucket().delete(Key.of("never-there"));

        assertEquals(Optional.empty(), bucket.get(A));
        assertEquals(List.of(), bucket.entries(KeyPattern.all()).entries());
    }

    @Test
    void entriesAreThoseThatMatchThePatternOrderedByKey() {
        for (String key : List.of("n2.z", "n1.b", "n1.a.deep", "n1", "n10.a", "n1.a")) {
            bucket.put(key(key), text("old"));
            bucket.put(key(key), text(key));
        }
        bucket.delete(key("n1.b"));

        Snapshot below = bucket.entries(KeyPattern.under(Key.of("n1")));
        Snapshot all = bucket.entries(KeyPattern.all());

        assertEquals(List.of("n1.a", "n1.a.deep"), keys(below));
        assertEquals(List.of("n1", "n1.a", "n1.a.deep", "n10.a", "n2.z"), keys(all));
        assertEquals(text("n1.a"), below.entries().getFirst().value());
        assertEquals(
                List.of("n1.a", "n10.a"), keys(bucket.entries(KeyPattern.any().then("a"))));
        assertEquals(List.of("n1"), keys(bucket.entries(KeyPattern.any())));
        assertEquals(List.of("n1"), keys(bucket.entries(KeyPattern.exactly(Key.of("n1")))));
        assertEquals(
                List.of("n1.a.deep"),
                keys(bucket.entries(KeyPattern.any().then("a").thenAny())));
        assertEquals(
                List.of("n2.z"),
                keys(bucket.entries(KeyPattern.exactly(Key.of("n2")).thenRest())));
    }

    private static List<String> keys(Snapshot snapshot) {
        return snapshot.entries().stream().map(entry -> entry.key().toString()).toList();
    }

    /** More than an adapter reads at once. */
    @Test
    void aSnapshotOfManyKeysHasThemAll() {
        int many = 2_100;
        for (int i = 0; i < many; i++) {
            bucket.put(Key.of("k", Integer.toString(i)), text(Integer.toString(i)));
        }

        Snapshot snapshot = othersBucket().entries(KeyPattern.all());

        assertEquals(
                IntStream.range(0, many)
                        .mapToObj(i -> Key.of("k", Integer.toString(i)))
                        .sorted()
                        .toList(),
                snapshot.entries().stream().map(Entry::key).toList());
    }

    @Test
    void aSnapshotIsNotOlderThanWhatIsInIt() {
        bucket.put(A, text("1"));

        Snapshot snapshot = bucket.entries(KeyPattern.all());

        assertFalse(snapshot.asOf().isBefore(snapshot.entries().getFirst().written()), snapshot::toString);
    }

    @Test
    void aMissingBucketIsNamed() {
        MeshUnavailableException e = assertThrows(
                MeshUnavailableException.class,
                () -> mesh.bucket(new BucketName("missing")).get(A));

        assertTrue(e.why().what().contains("missing"), e.why()::toString);
    }

    @Test
    void ensuringABucketAgainKeepsWhatIsInIt() {
        bucket.put(A, text("1"));

        other.ensureBucket(name, 4);

        assertEquals(text("1"), bucket.get(A).orElseThrow().value());
    }

    @Test
    void ensuringABucketWithLessHistoryForgetsTheOldest() {
        for (int i = 1; i <= 4; i++) {
            bucket.put(A, text(Integer.toString(i)));
        }

        other.ensureBucket(name, 1);

        assertEquals(
                List.of(text("4")), bucket.history(A).stream().map(Entry::value).toList());
        bucket.put(A, text("5"));
        assertEquals(
                List.of(text("5")), bucket.history(A).stream().map(Entry::value).toList());
    }

    /** A bucket with the writes that a pattern guards, where there are such. */
    private ConditionalWrites conditional() {
        Optional<ConditionalWrites> writes = bucket.conditionalWrites();
        assertEquals(fixture.comparesByPattern(), writes.isPresent());
        assumeTrue(writes.isPresent(), "this server cannot compare by pattern");
        return writes.get();
    }

    private static final KeyPattern ON_N1 = KeyPattern.under(Key.of("n1"));

    @Test
    void aConditionalWriteSucceedsWhenNothingThatMatchesWasWritten() {
        ConditionalWrites writes = conditional();
        bucket.put(key("n1.a"), text("1"));
        Snapshot read = bucket.entries(KeyPattern.all());
        othersBucket().put(key("n2.a"), text("1"));

        long first = revision(writes.put(key("n1.b"), text("2"), read.unlessChanged(ON_N1)));
        revision(writes.put(key("n1.c"), text("3"), new UnlessChanged(ON_N1, first)));

        assertEquals(List.of("n1.a", "n1.b", "n1.c"), keys(bucket.entries(ON_N1)));
    }

    @Test
    void aConditionalWriteIsRefusedWhenAnythingThatMatchesWasWritten() {
        ConditionalWrites writes = conditional();
        UnlessChanged nothing = bucket.entries(KeyPattern.all()).unlessChanged(ON_N1);
        othersBucket().put(key("n1.a"), text("1"));

        assertInstanceOf(Written.Conflict.class, writes.put(key("n1.b"), text("2"), nothing));
        assertEquals(List.of("n1.a"), keys(bucket.entries(ON_N1)));
    }

    @Test
    void aConditionalWriteIsRefusedWhenAnythingThatMatchesWasDeleted() {
        ConditionalWrites writes = conditional();
        bucket.put(key("n1.a"), text("1"));
        UnlessChanged read = bucket.entries(KeyPattern.all()).unlessChanged(ON_N1);
        othersBucket().delete(key("n1.a"));

        assertInstanceOf(Written.Conflict.class, writes.put(key("n1.b"), text("2"), read));
        revision(writes.put(
                key("n1.b"), text("2"), bucket.entries(KeyPattern.all()).unlessChanged(ON_N1)));
    }

    @Test
    void aConditionMayBeOfAWildcardInTheMiddle() {
        ConditionalWrites writes = conditional();
        KeyPattern shops = KeyPattern.any().then("shop");
        bucket.put(key("n1.shop"), text("1"));
        UnlessChanged read = bucket.entries(shops).unlessChanged(shops);
        bucket.put(key("n2.blog"), text("1"));

        revision(writes.put(key("n3.shop"), text("2"), read));
        assertInstanceOf(Written.Conflict.class, writes.put(key("n4.shop"), text("2"), read));
    }

    @Test
    void ofManyConcurrentConditionalWritesToDifferentKeysExactlyOneWins() throws InterruptedException {
        conditional();
        bucket.put(key("n1.a"), text("1"));
        UnlessChanged read = bucket.entries(ON_N1).unlessChanged(ON_N1);
        AtomicInteger winners = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> contenders = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    ConditionalWrites mine = (i % 2 == 0 ? mesh : other)
                            .bucket(name)
                            .conditionalWrites()
                            .orElseThrow();
                    awaitLatch(start);
                    if (mine.put(key("n1.k" + i), text("by " + i), read) instanceof Written.At) {
                        winners.incrementAndGet();
                    }
                }))
                .toList();

        start.countDown();
        for (Thread contender : contenders) {
            contender.join();
        }

        assertEquals(1, winners.get());
        assertEquals(2, bucket.entries(ON_N1).entries().size());
    }

    /** What a watch told, newest per key; deletions by the text "(deleted)". */
    private static final class Heard {
        final Map<String, String> newest = new ConcurrentHashMap<>();
        final List<Long> revisions = new CopyOnWriteArrayList<>();

        void hear(Change change) {
            revisions.add(change.revision());
            newest.put(
                    change.key().toString(),
                    switch (change) {
                        case Change.Put(Entry entry) -> entry.value().text();
                        case Change.Deleted _ -> "(deleted)";
                    });
        }

        void awaits(String key, String value) {
            Eventually.holds(
                    "%s is told to be %s, heard %s".formatted(key, value, newest), () -> value.equals(newest.get(key)));
        }
    }

    @Test
    void aWatchTellsWhatIsThereAndThenWhatComes() {
        Heard heard = new Heard();
        bucket.put(key("n1.a"), text("1"));

        try (Subscription _ = bucket.watch(KeyPattern.under(Key.of("n1")), heard::hear)) {
            heard.awaits("n1.a", "1");
            othersBucket().put(key("n1.b"), text("2"));
            heard.awaits("n1.b", "2");
            othersBucket().put(key("n1.a"), text("3"));
            heard.awaits("n1.a", "3");
            othersBucket().delete(key("n1.a"));
            heard.awaits("n1.a", "(deleted)");
        }
    }

    @Test
    void aWatchTellsNothingOutsideItsPattern() {
        Heard heard = new Heard();
        Heard onAll = new Heard();
        try (Subscription _ = bucket.watch(KeyPattern.under(Key.of("n1")), heard::hear);
                Subscription _ = bucket.watch(KeyPattern.any().then("a"), onAll::hear)) {
            bucket.put(key("n10.a"), text("1"));
            bucket.put(key("n2"), text("1"));
            bucket.put(key("n1"), text("1"));
            bucket.put(key("n1.a.deep"), text("1"));
            bucket.put(key("n1.a"), text("1"));
            heard.awaits("n1.a", "1");
            onAll.awaits("n1.a", "1");
        }

        assertEquals(Map.of("n1.a", "1", "n1.a.deep", "1"), heard.newest);
        assertEquals(Map.of("n10.a", "1", "n1.a", "1"), onAll.newest);
    }

    /** The listener waits for another thread's work, as a service would that starts another on word of the first. */
    @Test
    void aListenerMayOpenAWatchWhileTheMeshIsBeingClosed() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Mesh third = fixture.connect();
        bucket.put(A, text("1"));
        third.bucket(name).watch(KeyPattern.all(), _ -> {
            told.countDown();
            awaitLatch(closing);
            LockSupport.parkNanos(SOON.toNanos());
            third.bucket(name).watch(KeyPattern.all(), _ -> {});
        });
        told.await();

        Thread closer = Thread.ofVirtual().start(() -> {
            closing.countDown();
            third.close();
        });

        assertTrue(closer.join(Duration.ofSeconds(30)), "the mesh was closed");
    }

    @Test
    void aWatchGoesOnWhenItsListenerFails() {
        Heard heard = new Heard();
        try (Subscription _ = bucket.watch(KeyPattern.all(), change -> {
            heard.hear(change);
            throw new IllegalStateException("told to");
        })) {
            bucket.put(A, text("1"));
            heard.awaits("a", "1");
            bucket.put(A, text("2"));
            heard.awaits("a", "2");
        }
    }

    @Test
    void aWatchBeginsWithTheNewestOfWhatABucketKeeps() {
        for (int i = 1; i <= 4; i++) {
            bucket.put(A, text(Integer.toString(i)));
        }
        Heard heard = new Heard();
        try (Subscription _ = bucket.watch(KeyPattern.all(), heard::hear)) {
            heard.awaits("a", "4");
        }

        assertEquals(1, heard.revisions.size(), heard.revisions::toString);
    }

    @Test
    void aWatchNeverGoesBack() {
        Heard heard = new Heard();
        try (Subscription _ = bucket.watch(KeyPattern.all(), heard::hear)) {
            for (int i = 0; i <= 200; i++) {
                bucket.put(A, text(Integer.toString(i)));
            }
            heard.awaits("a", "200");
        }

        assertEquals(heard.revisions.stream().sorted().distinct().toList(), heard.revisions);
    }

    @Test
    void aClosedWatchTellsNothing() {
        Heard closed = new Heard();
        Heard open = new Heard();
        bucket.watch(KeyPattern.all(), closed::hear).close();
        try (Subscription _ = bucket.watch(KeyPattern.all(), open::hear)) {
            bucket.put(A, text("1"));
            open.awaits("a", "1");
        }

        assertEquals(Map.of(), closed.newest);
    }

    @Test
    void aWatchTellsWhatWasMissedWhileItsConnectionWasCut() {
        Heard heard = new Heard();
        bucket.put(A, text("1"));
        bucket.put(Key.of("b"), text("1"));
        try (Subscription _ = bucket.watch(KeyPattern.all(), heard::hear)) {
            heard.awaits("a", "1");
            heard.awaits("b", "1");

            fixture.cut(mesh);
            Eventually.holds("the cut shows", () -> mesh.status() == Mesh.Status.DISCONNECTED);
            othersBucket().put(A, text("2"));
            othersBucket().put(A, text("3"));
            othersBucket().delete(Key.of("b"));
            fixture.restore(mesh);

            heard.awaits("a", "3");
            heard.awaits("b", "(deleted)");
            othersBucket().put(A, text("4"));
            heard.awaits("a", "4");
        }
    }

    @Test
    void aWatchMayBeOpenedWhileTheMeshIsAway() {
        Heard heard = new Heard();
        bucket.put(A, text("1"));
        fixture.cut(mesh);
        Eventually.holds("the cut shows", () -> mesh.status() == Mesh.Status.DISCONNECTED);

        try (Subscription _ = bucket.watch(KeyPattern.all(), heard::hear)) {
            fixture.restore(mesh);
            heard.awaits("a", "1");
        }
    }

    @Test
    void whileTheMeshIsAwayEverythingFailsAtOnceAndSaysWhy() {
        fixture.cut(mesh);
        Eventually.holds("the cut shows", () -> mesh.status() == Mesh.Status.DISCONNECTED);

        MeshUnavailableException put = assertThrows(MeshUnavailableException.class, () -> bucket.put(A, text("1")));
        assertThrows(MeshUnavailableException.class, () -> bucket.get(A));
        assertThrows(MeshUnavailableException.class, () -> bucket.entries(KeyPattern.all()));
        assertThrows(MeshUnavailableException.class, () -> bucket.create(A, text("1")));
        assertThrows(MeshUnavailableException.class, () -> mesh.request(Subject.of("x"), Payload.empty(), SOON));

        assertFalse(put.why().what().isBlank());
        assertFalse(put.why().next().isBlank());
        fixture.restore(mesh);
        Eventually.holds("the connection is back", () -> mesh.status() == Mesh.Status.CONNECTED);
        assertEquals(Optional.empty(), bucket.get(A));
    }

    @Test
    void theStatusIsToldWhenItChanges() {
        List<Mesh.Status> told = new CopyOnWriteArrayList<>();
        try (Subscription _ = mesh.onStatus(told::add)) {
            fixture.cut(mesh);
            Eventually.holds("the cut is told", () -> told.equals(List.of(Mesh.Status.DISCONNECTED)));
            fixture.restore(mesh);
            Eventually.holds(
                    "the return is told", () -> told.equals(List.of(Mesh.Status.DISCONNECTED, Mesh.Status.CONNECTED)));
        }
    }

    @Test
    void aRequestIsAnswered() {
        Subject subject = Subject.of("echo", "loud");
        try (Subscription _ = other.respond(subject, question -> text(question.text() + "!"))) {
            Reply[] reply = {new Reply.NobodyThere()};
            Eventually.holds("the responder is there", () -> {
                reply[0] = mesh.request(subject, text("hello"), Duration.ofSeconds(5));
                return !(reply[0] instanceof Reply.NobodyThere);
            });
            assertEquals(new Reply.Answer(text("hello!")), reply[0]);
        }
    }

    @Test
    void aRequestThatNobodyHearsIsToldSo() {
        assertEquals(
                new Reply.NobodyThere(), mesh.request(Subject.of("nobody"), Payload.empty(), Duration.ofSeconds(5)));
    }

    @Test
    void aRequestThatIsNotAnsweredInTimeIsToldSo() {
        Subject subject = Subject.of("slow");
        CountDownLatch never = new CountDownLatch(1);
        try (Subscription _ = other.respond(subject, question -> {
            awaitLatch(never);
            return question;
        })) {
            Eventually.holds(
                    "the responder is there",
                    () -> mesh.request(subject, Payload.empty(), SOON) instanceof Reply.TimedOut);
        } finally {
            never.countDown();
        }
    }

    @Test
    void aResponderThatThrowsLeavesTheOthersAlone() {
        Subject subject = Subject.of("picky");
        try (Subscription _ = other.respond(subject, question -> {
            if (question.text().equals("bad")) {
                throw new IllegalStateException("told to");
            }
            return question;
        })) {
            Eventually.holds(
                    "the bad one is not answered",
                    () -> mesh.request(subject, text("bad"), SOON) instanceof Reply.TimedOut);
            assertEquals(new Reply.Answer(text("good")), mesh.request(subject, text("good"), Duration.ofSeconds(5)));
        }
    }

    @Test
    void aClosedResponderIsGone() {
        Subject subject = Subject.of("short-lived");
        other.respond(subject, question -> question).close();

        Eventually.holds(
                "nobody answers", () -> mesh.request(subject, Payload.empty(), SOON) instanceof Reply.NobodyThere);
    }

    private final AtomicLong nanos = new AtomicLong();
    private static final Duration TERM = Leases.SHORTEST_TERM;

    private Leases contender(Mesh connection, String holder) {
        return new Leases(connection.bucket(name), holder, TERM, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aLeaseHasOneHolder() {
        Leases.Lease lease = contender(mesh, "one").tryAcquire(A).orElseThrow();

        assertTrue(lease.isHeld());
        assertEquals(Optional.empty(), contender(other, "two").tryAcquire(A));
    }

    @Test
    void aLeaseEndsByItself() {
        Leases.Lease lease = contender(mesh, "one").tryAcquire(A).orElseThrow();

        pass(TERM);

        assertFalse(lease.isHeld());
        assertFalse(lease.renew());
    }

    @Test
    void aRenewedLeaseIsNotTakenOver() {
        Leases challenger = contender(other, "two");
        Leases.Lease lease = contender(mesh, "one").tryAcquire(A).orElseThrow();
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), challenger.tryAcquire(A));
            pass(TERM.dividedBy(3));
            assertTrue(lease.renew());
        }

        assertTrue(lease.isHeld());
        assertEquals(Optional.empty(), challenger.tryAcquire(A));
    }

    @Test
    void aLapsedLeaseIsTakenOverWithAHigherEpochAndOnlyAfterItsHolderStopped() {
        Leases challenger = contender(other, "two");
        Leases.Lease first = contender(mesh, "one").tryAcquire(A).orElseThrow();
        assertEquals(Optional.empty(), challenger.tryAcquire(A));

        pass(TERM);
        assertEquals(Optional.empty(), challenger.tryAcquire(A), "the margin is not over");
        assertFalse(first.isHeld());
        pass(TERM.dividedBy(5));
        Leases.Lease second = challenger.tryAcquire(A).orElseThrow();

        assertTrue(second.epoch() > first.epoch(), second.epoch() + " > " + first.epoch());
        assertFalse(first.renew(), "the first holder is told that it lost");
    }

    @Test
    void aReleasedLeaseIsFreeAtOnceAndItsEpochGoesOn() {
        Leases.Lease first = contender(mesh, "one").tryAcquire(A).orElseThrow();

        first.release();
        Leases.Lease second = contender(other, "two").tryAcquire(A).orElseThrow();

        assertFalse(first.isHeld());
        assertTrue(second.epoch() > first.epoch());
    }

    @Test
    void aLeaseThatHoldsGarbageIsTakenOverAfterATermAndTheFenceNeverGoesBack() {
        Leases challenger = contender(other, "two");
        Leases.Lease first = contender(mesh, "one").tryAcquire(A).orElseThrow();
        bucket.put(A, text("no holder " + Long.MAX_VALUE));
        assertFalse(first.renew(), "the holder is told that it lost");

        assertEquals(Optional.empty(), challenger.holder(A));
        assertEquals(Optional.empty(), challenger.tryAcquire(A));
        pass(TERM);
        bucket.put(A, text("still garbage"));
        pass(TERM);
        assertEquals(Optional.empty(), challenger.tryAcquire(A), "it changed within the term");
        pass(TERM.multipliedBy(2));
        Leases.Lease second = challenger.tryAcquire(A).orElseThrow();

        assertTrue(second.epoch() > first.epoch(), second.epoch() + " > " + first.epoch());
        assertTrue(second.renew());
        assertEquals(Optional.of("two"), challenger.holder(A));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
