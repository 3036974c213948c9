package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Reads the bucket whenever something was written to it, or the connection is back, on a thread of its own. */
final class InProcessWatch implements Subscription {
    private static final Logger LOG = System.getLogger(InProcessWatch.class.getName());
    /** For a bucket that is made later, by someone else. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final InProcessMesh mesh;
    private final BucketName bucket;
    private final KeyPattern pattern;
    /** Of those who know their keys by name: what to read of the time when nothing was heard. */
    private final Optional<Supplier<Set<Key>>> keys;

    private final Watcher watcher;
    private final Map<Key, Long> told = new HashMap<>();
    private final Semaphore news = new Semaphore(1);
    private final Thread reader = Thread.ofVirtual().name("watch").unstarted(this::read);
    private final Subscription status;
    private Optional<InProcessHub.Store> watched = Optional.empty();
    private long unheard;
    private boolean isWhole;
    private volatile boolean closed;

    InProcessWatch(
            InProcessMesh mesh,
            BucketName bucket,
            KeyPattern pattern,
            Optional<Supplier<Set<Key>>> keys,
            Watcher watcher) {
        this.mesh = mesh;
        this.bucket = bucket;
        this.pattern = pattern;
        this.keys = keys;
        this.watcher = watcher;
        this.status = mesh.onStatus(_ -> news.release());
    }

    /** Something was written to the bucket. */
    void wake() {
        news.release();
    }

    void open() {
        reader.start();
    }

    private void read() {
        while (!closed) {
            try {
                if (!isWhole) {
                    news.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    news.acquire();
                }
            } catch (InterruptedException e) {
                return;
            }
            news.drainPermits();
            if (mesh.status() == Mesh.Status.CONNECTED) {
                try {
                    tellNews();
                    isWhole = watched.isPresent();
                } catch (MeshUnavailableException e) {
                    isWhole = false;
                    LOG.log(Level.DEBUG, "Will read bucket {0} again: {1}", bucket, e.getMessage());
                }
            }
        }
    }

    private synchronized void tellNews() {
        if (watched.isEmpty()) {
            watched = mesh.hub().store(bucket);
            watched.ifPresent(store -> {
                unheard = store.changes().values().stream()
                        .mapToLong(Change::revision)
                        .max()
                        .orElse(0);
                store.watch(this);
            });
        }
        watched.ifPresent(store -> {
            Instant asOf = mesh.hub().clock().instant();
            Optional<Set<Key>> named = keys.map(Supplier::get);
            store.changes().values().stream()
                    .filter(change -> pattern.matches(change.key()))
                    .filter(change -> change.revision() > unheard
                            || named.filter(known -> !known.contains(change.key()))
                                    .isEmpty())
                    .forEach(this::tell);
            tellCurrent(asOf);
        });
    }

    private void tellCurrent(Instant asOf) {
        if (!closed) {
            try {
                watcher.current(asOf);
            } catch (RuntimeException e) {
                // The edge of a thread: one bad telling must not end the watch.
                LOG.log(Level.ERROR, "A watch's listener failed", e);
            }
        }
    }

    private void tell(Change change) {
        Long last = told.get(change.key());
        boolean isNews = last == null ? change instanceof Change.Put : change.revision() > last;
        if (!closed && isNews) {
            told.put(change.key(), change.revision());
            try {
                watcher.changed(change);
            } catch (RuntimeException e) {
                // The edge of a thread: one bad telling must not end the watch.
                LOG.log(Level.ERROR, "A watch's listener failed on %s".formatted(change.key()), e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        status.close();
        reader.interrupt();
        synchronized (this) {
            watched.ifPresent(store -> store.unwatch(this));
        }
    }
}
