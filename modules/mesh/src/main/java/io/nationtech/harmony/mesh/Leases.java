package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Leases in a bucket: at any time at most one contender holds a name, though nobody's clocks agree.
 *
 * <p>The holder counts its term from before it sent the write that gave it the lease, on a monotonic clock. A challenger waits
 * until it has itself seen the same revision for a whole term and a margin, and then takes over by compare-and-set, so that the
 * holder's term is over by then. Each take-over raises the epoch, with which the holder can fence what it writes elsewhere.
 * Used by one thread.
 */
public final class Leases {
    /** A broker's fail-over takes 4 to 9 s (NATS' Raft election); a shorter term would end leases then. */
    public static final Duration SHORTEST_TERM = Duration.ofSeconds(15);

    private static final String FREE = "-";

    private final Bucket bucket;
    private final String holder;
    private final Duration term;
    private final LongSupplier nanoClock;
    private final Map<Key, Seen> seen = new HashMap<>();

    private record Seen(long revision, long since) {}

    /**
     * @param holder this contender's name, unlike every other's; without blanks
     * @param term how long a lease lasts without renewal, at least {@link #SHORTEST_TERM}; the same for all contenders
     * @param nanoClock monotonic, in nanoseconds: {@code System::nanoTime}
     */
    public Leases(Bucket bucket, String holder, Duration term, LongSupplier nanoClock) {
        if (term.compareTo(SHORTEST_TERM) < 0) {
            throw new InvalidValueException("lease term %s is shorter than %s".formatted(term, SHORTEST_TERM));
        }
        if (holder.isBlank() || holder.contains(" ") || holder.equals(FREE)) {
            throw new InvalidValueException("lease holder '%s' is blank, has a blank or is '-'".formatted(holder));
        }
        this.bucket = bucket;
        this.holder = holder;
        this.term = term;
        this.nanoClock = nanoClock;
    }

    /**
     * Tries once to get a lease; call it again and again to contend for it.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked
     */
    public Optional<Lease> tryAcquire(Key name) {
        long before = nanoClock.getAsLong();
        Optional<Entry> current = bucket.get(name);
        if (current.isEmpty()) {
            return held(name, before, 1, bucket.create(name, record(holder, 1)));
        }
        Entry entry = current.get();
        if (!isFree(entry) && !lapsed(name, entry.revision(), before)) {
            return Optional.empty();
        }
        long epoch = epoch(entry) + 1;
        return held(name, before, epoch, bucket.update(name, record(holder, epoch), entry.revision()));
    }

    /** Whose name a lease bears; it may have run out. Empty when it was given up, or never taken. */
    public Optional<String> holder(Key name) {
        return bucket.get(name)
                .filter(entry -> !isFree(entry))
                .map(entry -> entry.value().text().split(" ", 2)[0]);
    }

    private static boolean isFree(Entry entry) {
        return entry.value().text().startsWith(FREE + " ");
    }

    private boolean lapsed(Key name, long revision, long now) {
        Seen known = seen.get(name);
        if (known == null || known.revision() != revision) {
            seen.put(name, new Seen(revision, now));
            return false;
        }
        return now - known.since() > term.plus(term.dividedBy(10)).toNanos();
    }

    private Optional<Lease> held(Key name, long before, long epoch, Written written) {
        return switch (written) {
            case Written.At at -> Optional.of(new Lease(name, epoch, at.revision(), before));
            case Written.Conflict() -> Optional.empty();
        };
    }

    private static Payload record(String holder, long epoch) {
        return Payload.of(holder + " " + epoch);
    }

    private static long epoch(Entry entry) {
        String text = entry.value().text();
        try {
            return Long.parseLong(text.substring(text.lastIndexOf(' ') + 1));
        } catch (NumberFormatException e) {
            throw new InvalidValueException("lease '%s' holds '%s', not 'holder epoch'".formatted(entry.key(), text));
        }
    }

    /** A lease that this contender was given. It ends by itself. */
    public final class Lease {
        private final Key name;
        private final long epoch;
        private long revision;
        private long heldSince;

        private Lease(Key name, long epoch, long revision, long heldSince) {
            this.name = name;
            this.epoch = epoch;
            this.revision = revision;
            this.heldSince = heldSince;
        }

        /** Grows with every take-over; whoever sees a higher one must refuse a lower. */
        public long epoch() {
            return epoch;
        }

        /** Whether the lease is held right now; ask right before acting on it. */
        public boolean isHeld() {
            return nanoClock.getAsLong() - heldSince < term.toNanos();
        }

        /**
         * Begins the term anew.
         *
         * @return whether the lease goes on; when not, it is over at once
         */
        public boolean renew() {
            long before = nanoClock.getAsLong();
            if (!isHeld()) {
                return false;
            }
            return switch (bucket.update(name, record(holder, epoch), revision)) {
                case Written.At at -> {
                    revision = at.revision();
                    heldSince = before;
                    yield true;
                }
                case Written.Conflict() -> {
                    heldSince = before - term.toNanos();
                    yield false;
                }
            };
        }

        /** Gives the lease up, so that the next contender need not wait. */
        public void release() {
            if (isHeld()) {
                heldSince = nanoClock.getAsLong() - term.toNanos();
                bucket.update(name, record(FREE, epoch), revision);
            }
        }
    }
}
