package io.nationtech.harmony.mesh.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a watch tells and when, cut connections included. Each adapter's tests extend this. */
public abstract class WatchContract extends MeshContract {

    /** For adapters. */
    protected WatchContract() {}

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
    void aWatchTellsWhenAllThatWasThereHasBeenTold() {
        bucket.put(A, text("1"));
        Heard heard = new Heard();
        List<Integer> heardByThen = new CopyOnWriteArrayList<>();
        try (Subscription _ = bucket.watch(KeyPattern.all(), new Watcher() {
            @Override
            public void changed(Change change) {
                heard.hear(change);
            }

            @Override
            public void current(Instant asOf) {
                heardByThen.add(heard.newest.size());
            }
        })) {
            Eventually.holds("the watch is current", () -> !heardByThen.isEmpty());
            assertEquals(1, heardByThen.getFirst());

            fixture.cut(mesh);
            Eventually.holds("the cut shows", () -> mesh.status() == Mesh.Status.DISCONNECTED);
            othersBucket().put(Key.of("b"), text("1"));
            int before = heardByThen.size();
            fixture.restore(mesh);
            Eventually.holds(
                    "the watch is current again", () -> heardByThen.size() > before && heardByThen.getLast() == 2);
        }
    }

    @Test
    void aWatchOfKeysReadsThoseAndHearsAll() {
        Heard heard = new Heard();
        bucket.put(key("n1.a"), text("1"));
        bucket.put(key("n1.unnamed"), text("1"));
        try (Subscription _ = bucket.watchKeys(
                KeyPattern.under(Key.of("n1")),
                () -> Set.of(key("n1.a"), key("n1.missing"), key("n1.c")),
                heard::hear)) {
            heard.awaits("n1.a", "1");
            othersBucket().put(key("n2.a"), text("1"));
            othersBucket().put(key("n1.b"), text("2"));
            heard.awaits("n1.b", "2");
            othersBucket().delete(key("n1.a"));
            heard.awaits("n1.a", "(deleted)");
            assertEquals(Set.of("n1.a", "n1.b"), heard.newest.keySet());

            fixture.cut(mesh);
            Eventually.holds("the cut shows", () -> mesh.status() == Mesh.Status.DISCONNECTED);
            othersBucket().put(key("n1.a"), text("3"));
            othersBucket().put(key("n1.c"), text("1"));
            fixture.restore(mesh);
            heard.awaits("n1.a", "3");
            heard.awaits("n1.c", "1");
        }
    }

    @Test
    void theKeysOfAWatchAreAskedForUntilTheyCanBeTold() {
        Heard heard = new Heard();
        bucket.put(A, text("1"));
        AtomicInteger asked = new AtomicInteger();
        try (Subscription _ = bucket.watchKeys(
                KeyPattern.all(),
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new MeshUnavailableException(new Cause("no names yet", "here", "ask again"));
                    }
                    return Set.of(A);
                },
                heard::hear)) {
            heard.awaits("a", "1");
        }
    }

    @Test
    void aWatchOfAnEmptyBucketIsCurrent() {
        CountDownLatch current = new CountDownLatch(1);
        try (Subscription _ = bucket.watch(KeyPattern.all(), new Watcher() {
            @Override
            public void changed(Change change) {}

            @Override
            public void current(Instant asOf) {
                current.countDown();
            }
        })) {
            Eventually.holds("the watch is current", () -> current.getCount() == 0);
        }
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
}
