package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Connections;
import io.nationtech.harmony.mesh.Departures;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.Subject;
import io.nationtech.harmony.mesh.UnlessChanged;
import io.nationtech.harmony.mesh.Written;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the connections of one process share. Any number of them can be opened, cut and restored. */
public final class InProcessHub {
    private final InstantSource clock;
    private final Map<BucketName, Store> stores = new ConcurrentHashMap<>();
    private final Map<Subject, UnaryOperator<Payload>> responders = new ConcurrentHashMap<>();
    private final Set<String> connected = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Instant since = Instant.MIN;

    /** A hub with the system's clock. */
    public InProcessHub() {
        this(InstantSource.system());
    }

    /** A hub whose entries are dated by this clock. */
    public InProcessHub(InstantSource clock) {
        this.clock = clock;
    }

    /** Opens a connection. */
    public InProcessMesh connect() {
        return new InProcessMesh(this, "connection-" + connections.incrementAndGet());
    }

    void connected(String name) {
        connected.add(name);
    }

    void ended(String name) {
        if (connected.remove(name)) {
            ended.put(name, clock.instant());
        }
    }

    Connections connections() {
        return new Connections(connected, clock.instant());
    }

    Departures departures() {
        return new Departures(ended, since);
    }

    /** Forgets whose connection ended, as a server that was started again does. */
    public void forgetDepartures() {
        ended.clear();
        since = clock.instant();
    }

    InstantSource clock() {
        return clock;
    }

    void ensure(BucketName name, int history) {
        stores.computeIfAbsent(name, _ -> new Store(history)).keep(history);
    }

    void ensureRecords(BucketName name, int perKey) {
        stores.computeIfAbsent(name, _ -> new Store(perKey));
    }

    Optional<Store> store(BucketName name) {
        return Optional.ofNullable(stores.get(name));
    }

    Map<Subject, UnaryOperator<Payload>> responders() {
        return responders;
    }

    /** One bucket's newest changes, and of each key as many values as are kept. */
    final class Store {
        private int history;
        private final Map<Key, Change> newest = new HashMap<>();
        private final Map<Key, Deque<Change>> kept = new HashMap<>();
        private final CopyOnWriteArrayList<InProcessWatch> watchers = new CopyOnWriteArrayList<>();
        private long revision;

        Store(int history) {
            this.history = history;
        }

        synchronized void keep(int revisions) {
            history = revisions;
            kept.values().forEach(this::trim);
        }

        private void trim(Deque<Change> changes) {
            while (changes.size() > history) {
                changes.removeFirst();
            }
        }

        synchronized List<Entry> history(Key key) {
            return kept.getOrDefault(key, new ArrayDeque<>()).stream()
                    .flatMap(change -> change instanceof Change.Put(Entry entry) ? Stream.of(entry) : Stream.empty())
                    .toList();
        }

        /** All revisions that are kept, oldest first. */
        synchronized List<Change> kept() {
            return kept.values().stream()
                    .flatMap(Deque::stream)
                    .sorted(Comparator.comparingLong(Change::revision))
                    .toList();
        }

        synchronized Map<Key, Change> changes() {
            return new TreeMap<>(newest);
        }

        synchronized long put(Key key, Payload value) {
            Entry entry = new Entry(key, ++revision, value, clock.instant());
            publish(new Change.Put(entry));
            return revision;
        }

        synchronized Written put(Key key, Payload value, UnlessChanged condition) {
            long now = newest.values().stream()
                    .filter(change -> condition.pattern().matches(change.key()))
                    .mapToLong(Change::revision)
                    .max()
                    .orElse(0);
            return now == condition.newest() ? new Written.At(put(key, value)) : new Written.Conflict();
        }

        synchronized Written create(Key key, Payload value) {
            return newest.get(key) instanceof Change.Put ? new Written.Conflict() : new Written.At(put(key, value));
        }

        synchronized Written update(Key key, Payload value, long expected) {
            Change now = newest.get(key);
            boolean fits = now == null ? expected == 0 : now.revision() == expected;
            return fits ? new Written.At(put(key, value)) : new Written.Conflict();
        }

        synchronized void delete(Key key) {
            if (newest.get(key) instanceof Change.Put) {
                publish(new Change.Deleted(key, ++revision));
            }
        }

        void watch(InProcessWatch watcher) {
            watchers.add(watcher);
        }

        void unwatch(InProcessWatch watcher) {
            watchers.remove(watcher);
        }

        private void publish(Change change) {
            newest.put(change.key(), change);
            Deque<Change> changes = kept.computeIfAbsent(change.key(), _ -> new ArrayDeque<>());
            changes.addLast(change);
            trim(changes);
            watchers.forEach(InProcessWatch::wake);
        }
    }
}
