package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPrefix;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hears the republished changes of a bucket, and reads the bucket itself at the beginning, after each reconnect and now and
 * then, since a core message can be lost. Revisions sort out what is news.
 */
final class NatsWatch implements Subscription {
    private static final Logger LOG = System.getLogger(NatsWatch.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String SEQUENCE = "Nats-Sequence";
    private static final String TIME = "Nats-Time-Stamp";

    private final NatsLink link;
    private final NatsBucket bucket;
    private final KeyPrefix prefix;
    private final Consumer<Change> listener;
    private final Map<Key, Change> told = new HashMap<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final Semaphore readAgain = new Semaphore(1);
    private final Thread reader = Thread.ofVirtual().name("watch").unstarted(this::read);
    private final Subscription status;
    private Optional<Instant> bucketCreated = Optional.empty();
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private volatile boolean closed;

    NatsWatch(NatsLink link, NatsBucket bucket, KeyPrefix prefix, Consumer<Change> listener) {
        this.link = link;
        this.bucket = bucket;
        this.prefix = prefix;
        this.listener = listener;
        this.status = link.onStatus(now -> {
            if (now == Mesh.Status.CONNECTED) {
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
                pause = readOnce();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Reads once, if the mesh is there; returns when to read again without being asked. */
    private Duration readOnce() {
        if (link.status() == Mesh.Status.DISCONNECTED) {
            return link.options().resyncPeriod();
        }
        try {
            subscribe();
            tell(bucket.scan(prefix));
            long period = link.options().resyncPeriod().toMillis();
            return Duration.ofMillis(period + ThreadLocalRandom.current().nextLong(period / 4 + 1));
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "Will read bucket {0} again: {1}", bucket.name(), e.getMessage());
            return RETRY;
        }
    }

    /** Before the first read, so that no change falls between the two; jnats subscribes again after a reconnect. */
    private void subscribe() {
        if (dispatcher.isEmpty()) {
            Connection connection = link.up();
            Dispatcher made = connection.createDispatcher(this::hear);
            for (String subject : Subjects.covered(Subjects.changes(bucket.name()), prefix)) {
                made.subscribe(subject);
            }
            dispatcher = Optional.of(made);
        }
    }

    private void hear(Message message) {
        var headers = message.getHeaders();
        if (headers == null || headers.getFirst(SEQUENCE) == null) {
            LOG.log(Level.WARNING, "Somebody else publishes on {0}; ignored", message.getSubject());
            return;
        }
        Key key = Subjects.key(Subjects.changes(bucket.name()), message.getSubject());
        String time = headers.getFirst(TIME);
        Change change = NatsBucket.change(
                key,
                Long.parseLong(headers.getFirst(SEQUENCE)),
                headers,
                message.getData(),
                time == null ? Instant.now() : Instant.parse(time));
        telling.lock();
        try {
            tell(change);
        } finally {
            telling.unlock();
        }
    }

    private void tell(NatsBucket.Scan scan) {
        telling.lock();
        try {
            boolean isAnotherBucket = bucketCreated
                    .filter(before -> !before.equals(scan.created()))
                    .isPresent();
            // Not at the first reading: what was heard before it is of this bucket, and may be newer than it.
            if (isAnotherBucket) {
                told.replaceAll((key, _) -> new Change.Deleted(key, 0));
                // What was heard of the new bucket meanwhile seemed to be old.
                readAgain.release();
            }
            bucketCreated = Optional.of(scan.created());
            scan.changes().values().forEach(this::tell);
            List<Change> vanished = told.values().stream()
                    .filter(change -> change instanceof Change.Put
                            && change.revision() <= scan.complete()
                            && !scan.changes().containsKey(change.key()))
                    .toList();
            vanished.forEach(change -> tell(new Change.Deleted(change.key(), change.revision() + 1)));
        } finally {
            telling.unlock();
        }
    }

    private void tell(Change change) {
        Change last = told.get(change.key());
        boolean isNews = last == null ? change instanceof Change.Put : change.revision() > last.revision();
        if (closed || !isNews) {
            return;
        }
        told.put(change.key(), change);
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            // The edge of a thread: one bad telling must not end the watch.
            LOG.log(Level.ERROR, "A watch's listener failed on %s".formatted(change.key()), e);
        }
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // only waits for a telling that is under way
    public void close() {
        closed = true;
        status.close();
        reader.interrupt();
        link.known().ifPresent(connection -> dispatcher.ifPresent(connection::closeDispatcher));
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
