package io.nationtech.harmony.mesh.memory;

import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the bucket whenever something was written to it, or the connection is back, on a thread of its own. */
final class InProcessWatch implements Subscription {
    private static final Logger LOG = System.getLogger(InProcessWatch.class.getName());
    /** For a bucket that is made later, by someone else. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final InProcessMesh mesh;
    private final BucketName bucket;
    private final KeyPattern pattern;
    private final Consumer<Change> listener;
    private final Map<Key, Long> told = new HashMap<>();
    private final Semaphore news = new Semaphore(1);
    private final Thread reader = Thread.ofVirtual().name("watch").unstarted(this::read);
    private final Subscription status;
    private Optional<InProcessHub.Store> watched = Optional.empty();
    private volatile boolean closed;

    InProcessWatch(InProcessMesh mesh, BucketName bucket, KeyPattern pattern, Consumer<Change> listener) {
        this.mesh = mesh;
        this.bucket = bucket;
        this.pattern = pattern;
        this.listener = listener;
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
                if (watched.isEmpty()) {
                    news.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    news.acquire();
                }
            } catch (InterruptedException e) {
                return;
            }
            news.drainPermits();
            if (mesh.status() == Mesh.Status.CONNECTED) {
                tellNews();
            }
        }
    }

    private synchronized void tellNews() {
        if (watched.isEmpty()) {
            watched = mesh.hub().store(bucket);
            watched.ifPresent(store -> store.watch(this));
        }
        watched.ifPresent(store -> store.changes().values().stream()
                .filter(change -> pattern.matches(change.key()))
                .forEach(this::tell));
    }

    private void tell(Change change) {
        Long last = told.get(change.key());
        boolean isNews = last == null ? change instanceof Change.Put : change.revision() > last;
        if (!closed && isNews) {
            told.put(change.key(), change.revision());
            try {
                listener.accept(change);
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
