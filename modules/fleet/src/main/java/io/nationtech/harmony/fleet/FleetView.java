package io.nationtech.harmony.fleet;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.Liveness;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.mesh.Bucket.Change;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.KeyPattern;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The fleet, read once and watched from then on: for whoever looks again and again. Each bucket has one watch; the mesh reads it anew
 * after a cut connection and now and then. Who lives is not watched: it is asked when somebody looks, every five seconds at most. Whoever
 * decides by it writes on a condition, as it may be a moment late.
 *
 * <p>Holds some 1.5 kB for a node with one deployment, as long as machines and containers are alike. Safe for use by several threads.
 */
public final class FleetView implements AutoCloseable {
    private static final KeyPattern NODES = KeyPattern.any();
    private static final KeyPattern DEPLOYMENTS_OF_NODES = NODES.thenAny();
    private static final Map<FleetBucket, KeyPattern> WATCHED = new EnumMap<>(Map.of(
            FleetBucket.DESIRED_STATE, KeyPattern.all(),
            FleetBucket.NODE_INFO, NODES,
            FleetBucket.NODE_HARDWARE, NODES,
            FleetBucket.NODE_STATE, DEPLOYMENTS_OF_NODES));

    private final FleetIndex index;
    private final Beats beats;
    private final List<Interest> interests = new CopyOnWriteArrayList<>();
    private final List<Subscription> watches = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition becameComplete = lock.newCondition();
    /** Until when each bucket is known; a bucket is missing until it was read, since the connection came last. */
    private final Map<FleetBucket, Instant> known = new EnumMap<>(FleetBucket.class);

    private record Interest(DeploymentName deployment, Runnable listener) {}

    /** Who lives, asked at most so often. */
    private static final class Beats {
        private final Fleet fleet;
        private final LongSupplier nanos;
        private volatile Optional<Read> last = Optional.empty();

        private record Read(long at, Map<Key, Liveness> liveness) {}

        Beats(Fleet fleet, LongSupplier nanos) {
            this.fleet = fleet;
            this.nanos = nanos;
        }

        synchronized Map<Key, Liveness> now() {
            long now = nanos.getAsLong();
            Read read = last.filter(one -> now - one.at() < Liveness.LOOKING_PERIOD.toNanos())
                    .orElseGet(() -> new Read(now, fleet.liveness(NODES)));
            last = Optional.of(read);
            return read.liveness();
        }

        void forget() {
            last = Optional.empty();
        }
    }

    FleetView(Mesh mesh, Fleet fleet, FleetIndex index, LongSupplier nanos) {
        this.index = index;
        this.beats = new Beats(fleet, nanos);
        watches.add(mesh.onStatus(_ -> unknown()));
        WATCHED.forEach(
                (bucket, pattern) -> watches.add(mesh.bucket(bucket.bucket()).watch(pattern, new Part(bucket))));
    }

    /** One bucket's watch. */
    private final class Part implements Watcher {
        private final FleetBucket bucket;

        Part(FleetBucket bucket) {
            this.bucket = bucket;
        }

        @Override
        public void changed(Change change) {
            index.accept(bucket, change);
            if (isOfAll(change.key())) {
                tellAll();
            } else {
                FleetKeys.deployment(change.key()).ifPresent(this::tell);
            }
        }

        private boolean isOfAll(Key key) {
            return bucket == FleetBucket.NODE_INFO
                    || bucket == FleetBucket.NODE_HARDWARE
                    || FleetKeys.isMaintenance(key);
        }

        private void tell(DeploymentName deployment) {
            interests.stream()
                    .filter(interest -> interest.deployment().equals(deployment))
                    .forEach(interest -> interest.listener().run());
        }

        @Override
        public void current(Instant asOf) {
            lock.lock();
            try {
                boolean wasComplete = isComplete();
                known.put(bucket, asOf);
                if (!wasComplete && isComplete()) {
                    // Under the lock: whoever sees that the view is complete was told so before.
                    tellAll();
                    becameComplete.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void tellAll() {
        interests.forEach(interest -> interest.listener().run());
    }

    /** Under the lock. */
    private boolean isComplete() {
        return known.size() == WATCHED.size();
    }

    /** The connection went or came: what was missed meanwhile is not known yet. */
    private void unknown() {
        lock.lock();
        try {
            known.clear();
        } finally {
            lock.unlock();
        }
        beats.forget();
    }

    /**
     * All that was written until this moment, by the mesh's clock, is in the view; empty until every bucket was read, at first and since
     * the connection was lost. Changes are told as they come, so that the view is newer than this by up to the period in which the mesh
     * reads anew.
     */
    public Optional<Instant> completeAsOf() {
        lock.lock();
        try {
            return isComplete() ? known.values().stream().min(Instant::compareTo) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the view is complete; returns whether it is. */
    public boolean awaitComplete(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!isComplete() && left > 0) {
                left = becameComplete.awaitNanos(left);
            }
            return isComplete();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The fleet as it is now, as far as it concerns a deployment.
     *
     * @param timeout how long it is waited for the view to be complete
     * @throws MeshUnavailableException when the mesh cannot be asked who lives, or the view is not complete in time
     */
    public FleetSnapshot of(DeploymentName deployment, Duration timeout) throws InterruptedException {
        // First, as it says best what is wrong with the mesh.
        Map<Key, Liveness> liveness = beats.now();
        awaitComplete(timeout);
        Instant asOf = completeAsOf().orElseThrow(() -> new MeshUnavailableException(incomplete()));
        return new FleetSnapshot(asOf, FleetReading.of(index.readings(liveness, Map.of())), index.states(deployment));
    }

    private Cause incomplete() {
        return new Cause(
                "the fleet is not read yet: %s"
                        .formatted(missing().stream()
                                .map(bucket -> bucket.bucket().toString())
                                .collect(Collectors.joining(", "))),
                "mesh, these buckets",
                "wait; if that does not help, look whether `harmony node list` can read them");
    }

    private Set<FleetBucket> missing() {
        lock.lock();
        try {
            Set<FleetBucket> missing = EnumSet.copyOf(WATCHED.keySet());
            missing.removeAll(known.keySet());
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /** What is left out, as it cannot be read: the first thousand that were found, ordered by bucket and key. */
    public List<FleetFault> faults() {
        return index.faults();
    }

    /**
     * Tells that something that concerns a deployment may have changed: what nodes are told or say of it, which nodes there are, what
     * they have, and who works on them; and that the view has become complete. The listener must not block.
     */
    public Subscription onChange(DeploymentName deployment, Runnable listener) {
        Interest interest = new Interest(deployment, listener);
        interests.add(interest);
        return () -> interests.remove(interest);
    }

    /** Nothing more is told or kept once this returns. */
    @Override
    public void close() {
        watches.forEach(Subscription::close);
    }
}
