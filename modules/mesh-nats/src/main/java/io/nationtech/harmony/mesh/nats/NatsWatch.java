package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.Entry;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import io.nats.client.Message;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Hears the republished changes of a bucket, and reads the bucket itself at the beginning, after each reconnect and now and
 * then, since a core message can be lost. Revisions sort out what is news; values are not kept.
 */
final class NatsWatch implements Subscription {
    private static final Logger LOG = System.getLogger(NatsWatch.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** After so long the replica that is read has what its leader told before this end was heard of. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final NatsLink link;
    private final NatsBucket bucket;
    private final KeyPattern pattern;
    private final Reading reading;
    private final Watcher watcher;
    /** What was told last of each key, and which of them had a value then. */
    private final Map<Key, Told> told = new HashMap<>();

    private final Set<Key> present = new HashSet<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final Semaphore readAgain = new Semaphore(1);
    private final Thread reader = Thread.ofVirtual().name("watch").unstarted(this::read);
    private final Subscription status;
    private final Subscription overflow;
    private final NatsHearing changes;
    private final NatsHearing elections;
    private Optional<Instant> bucketCreated = Optional.empty();
    private volatile boolean closed;

    /** How the bucket is read. */
    sealed interface Reading {
        /** All keys that match. */
        record Whole() implements Reading {}

        /** Each of these by itself. */
        record Each(Supplier<Set<Key>> keys) implements Reading {}
    }

    /**
     * @param written when its last value was, by the mesh's clock
     */
    private record Told(long revision, Instant written) {
        static final Told NOTHING = new Told(0, Instant.MIN);

        Told anew() {
            return new Told(0, written);
        }
    }

    NatsWatch(NatsLink link, NatsBucket bucket, KeyPattern pattern, Reading reading, Watcher watcher) {
        this.link = link;
        this.bucket = bucket;
        this.pattern = pattern;
        this.reading = reading;
        this.watcher = watcher;
        this.changes = new NatsHearing(link, Subjects.changes(bucket.name()) + "." + pattern, this::hear);
        // What a leader stored last, it may not have told any more.
        this.elections = new NatsHearing(link, Subjects.elections(bucket.name()), _ -> readAgain.release());
        this.status = link.onStatus(now -> {
            if (now == Mesh.Status.CONNECTED) {
                readAgain.release();
            }
        });
        this.overflow = link.onOverflow(consumer -> {
            if (changes.isBy(consumer)) {
                readAgain.release();
            }
        });
    }

    void open() {
        reader.start();
    }

    private void read() {
        Duration pause = Duration.ZERO;
        while (!closed) {
            try {
                boolean asked = readAgain.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                readAgain.drainPermits();
                LOG.log(Level.DEBUG, "Reading {0} again, asked: {1}", bucket.name(), asked);
                pause = readOnce(asked);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // The edge of a thread: nobody else would read again.
                LOG.log(Level.ERROR, "Reading bucket %s failed; trying again".formatted(bucket.name()), e);
                pause = RETRY;
            }
        }
    }

    /** Reads once, if the mesh is there; returns when to read again without being asked. */
    private Duration readOnce(boolean asked) {
        if (link.status() == Mesh.Status.DISCONNECTED) {
            return link.options().resyncPeriod();
        }
        try {
            // Before the first read, so that no change falls between the two.
            changes.ensure();
            if (link.isCluster()) {
                elections.ensure();
            }
            resync();
            if (asked && link.isCluster() && reading instanceof Reading.Each) {
                return SETTLED;
            }
            return changes.dropped() == 0 ? link.options().resyncPause() : Duration.ZERO;
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Will read bucket {0} again: {1}", bucket.name(), e.getMessage());
            return RETRY;
        }
    }

    private void hear(Message message) {
        try {
            Found found = Found.of(bucket.name(), Stored.of(message));
            // What is foreign is named by the next reading, all of it in one line.
            if (found instanceof Found.Ours(Change change)) {
                tell(change);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Somebody else publishes on {0}; ignored", message.getSubject());
        }
    }

    private void resync() {
        switch (reading) {
            case Reading.Whole() -> readWhole();
            case Reading.Each(Supplier<Set<Key>> keys) -> readEach(keys.get());
        }
    }

    private void readEach(Set<Key> keys) {
        Omissions omissions = new Omissions();
        keys.forEach(key -> bucket.last(key).ifPresent(found -> {
            switch (found) {
                case Found.Ours(Change change) -> tell(change);
                case Found.Foreign(String text, long _, String why) -> omissions.add(text, why);
            }
        }));
        link.leftOut(bucket.name(), omissions);
    }

    private void readWhole() {
        StreamInfo info = bucket.info();
        begin(info.getCreateTime().toInstant());
        Set<Key> seen = new HashSet<>();
        Omissions omissions = new Omissions();
        bucket.readNewest(info, pattern, found -> {
            switch (found) {
                case Found.Ours(Change change) -> {
                    seen.add(change.key());
                    tell(change);
                }
                case Found.Foreign(String key, long _, String why) -> omissions.add(key, why);
            }
        });
        link.leftOut(bucket.name(), omissions);
        tellVanished(seen, info.getStreamState().getLastSequence());
        tellCurrent(bucket.time(info));
    }

    private void tellCurrent(Instant asOf) {
        telling.lock();
        try {
            if (!closed) {
                watcher.current(asOf);
            }
        } catch (RuntimeException e) {
            // The edge of a thread: one bad telling must not end the watch.
            LOG.log(Level.ERROR, "A watch's listener failed on bucket %s".formatted(bucket.name()), e);
        } finally {
            telling.unlock();
        }
    }

    /** A bucket that was made at another time is another one, whose revisions begin anew. */
    private void begin(Instant created) {
        telling.lock();
        try {
            if (bucketCreated.filter(before -> !before.equals(created)).isPresent()) {
                told.replaceAll((_, last) -> last.anew());
                present.clear();
            }
            bucketCreated = Optional.of(created);
        } finally {
            telling.unlock();
        }
    }

    private void tellVanished(Set<Key> seen, long complete) {
        telling.lock();
        try {
            List<Key> vanished = present.stream()
                    .filter(key -> !seen.contains(key) && toldOf(key).revision() <= complete)
                    .toList();
            vanished.forEach(key -> tell(new Change.Deleted(key, toldOf(key).revision() + 1)));
        } finally {
            telling.unlock();
        }
    }

    private Told toldOf(Key key) {
        return told.getOrDefault(key, Told.NOTHING);
    }

    private void tell(Change change) {
        telling.lock();
        try {
            if (closed || !isNews(change)) {
                return;
            }
            switch (change) {
                case Change.Put(Entry entry) -> {
                    told.put(entry.key(), new Told(entry.revision(), entry.written()));
                    present.add(entry.key());
                }
                case Change.Deleted(Key key, long revision) -> {
                    told.put(key, new Told(revision, toldOf(key).written()));
                    present.remove(key);
                }
            }
            watcher.changed(change);
        } catch (RuntimeException e) {
            // The edge of a thread: one bad telling must not end the watch.
            LOG.log(Level.ERROR, "A watch's listener failed on %s".formatted(change.key()), e);
        } finally {
            telling.unlock();
        }
    }

    private boolean isNews(Change change) {
        Told last = told.get(change.key());
        if (last == null) {
            return change instanceof Change.Put;
        }
        return change.revision() > last.revision() || isOfAnotherBucket(change, last);
    }

    /** Whoever reads keys by name cannot ask when their bucket was made: what was written later under no higher revision is of another one, or of one that lost its newest. */
    private boolean isOfAnotherBucket(Change change, Told last) {
        return reading instanceof Reading.Each
                && change instanceof Change.Put(Entry entry)
                && entry.revision() <= last.revision()
                && entry.written().isAfter(last.written());
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // only waits for a telling that is under way
    public void close() {
        closed = true;
        status.close();
        overflow.close();
        reader.interrupt();
        changes.close();
        elections.close();
        awaitTelling();
    }

    /** Nothing more is told once this returns, but something may be being told now. */
    private void awaitTelling() {
        telling.lock();
        try {
            LOG.log(Level.DEBUG, "No longer watching {0}", bucket.name());
        } finally {
            telling.unlock();
        }
    }
}
