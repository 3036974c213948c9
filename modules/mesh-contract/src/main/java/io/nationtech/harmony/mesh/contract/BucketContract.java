package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.mesh.Bucket;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Durability;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Seen;
import io.nationtech.harmony.mesh.Snapshot;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a bucket keeps and tells, whatever the mesh is made of. Each adapter's tests extend this. */
public abstract class BucketContract extends MeshContract {

    /** For adapters. */
    protected BucketContract() {}

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
    void aBucketOfWhatIsSaidAgainIsAsOthers() {
        BucketName own = new BucketName(name + "-soon");
        mesh.ensureBucket(own, 1, Durability.SOON);
        mesh.ensureBucket(own, 1, Durability.SOON);

        long first = mesh.bucket(own).put(A, text("1"));

        assertInstanceOf(Written.At.class, other.bucket(own).update(A, text("2"), first));
        assertEquals(text("2"), mesh.bucket(own).get(A).orElseThrow().value());
    }

    @Test
    void ofRecordsNobodyTakesAwayAny() {
        BucketName own = new BucketName(name + "-records");
        mesh.ensureRecords(own, 100, Duration.ofDays(1));
        mesh.ensureRecords(own, 1, Duration.ofDays(1));

        mesh.bucket(own).put(A, text("1"));
        other.bucket(own).put(A, text("2"));
        other.bucket(own).delete(A);

        assertEquals(
                List.of(text("1"), text("2")),
                mesh.bucket(own).history(A).stream().map(Entry::value).toList());
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
    void aReadingTellsWhatIsKeptOldestFirst() {
        bucket.put(A, text("1"));
        bucket.put(key("b"), text("1"));
        bucket.put(A, text("2"));
        bucket.delete(key("b"));
        List<Bucket.Change> told = new ArrayList<>();

        Seen seen = bucket.read(KeyPattern.all(), told::add);

        List<Bucket.Change> ofA =
                told.stream().filter(change -> change.key().equals(A)).toList();
        assertEquals(
                "2",
                ofA.getLast() instanceof Bucket.Change.Put(Entry entry)
                        ? entry.value().text()
                        : "");
        assertEquals(
                ofA.stream().map(Bucket.Change::revision).sorted().toList(),
                ofA.stream().map(Bucket.Change::revision).toList());
        assertInstanceOf(
                Bucket.Change.Deleted.class,
                told.stream()
                        .filter(change -> change.key().equals(key("b")))
                        .toList()
                        .getLast());
        assertEquals(bucket.entries(KeyPattern.all()).revisions(), seen.revisions());
    }
}
