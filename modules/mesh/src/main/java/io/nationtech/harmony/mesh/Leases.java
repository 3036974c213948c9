package io.nationtech.harmony.mesh;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Leases in a bucket: at any time at most one contender holds a name, though nobody's clocks agree.
 *
 * <p>The holder counts its term from before it sent the write that gave it the lease, on a monotonic clock. A challenger waits
 * until it has itself seen the same revision for a whole term and a margin, and then takes over by compare-and-set, so that the
 * holder's term is over by then. Each take-over raises the epoch, with which the holder can fence what it writes elsewhere.
 * The value of a lease is its holder's name, or '-' when it was given up.
 * Used by one thread.
 */
public final class Leases {
    /** A broker's fail-over takes 4 to 9 s (NATS' Raft election); a shorter term would end leases then. */
    public static final Duration SHORTEST_TERM = Duration.ofSeconds(15);

    private static final Logger LOG = System.getLogger(Leases.class.getName());
    private static final String FREE = "-";
    private static final Pattern HOLDER = Pattern.compile("[^\\s\\p{Cntrl}]{1,256}");

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
        if (!isHolder(holder) || holder.equals(FREE)) {
            throw new InvalidValueException(
                    "lease holder '%s' is not 1 to 256 characters without blanks, or is '-'".formatted(holder));
        }
        this.bucket = bucket;
        this.holder = holder;
        this.term = term;
        this.nanoClock = nanoClock;
    }

    /**
     * Tries once to get a lease; call it again and again to contend for it. What no contender wrote there counts as a lease of a
     * stranger's: it is taken over, with a warning, once it has not changed for a whole term.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked
     */
    public Optional<Lease> tryAcquire(Key name) {
        long before = nanoClock.getAsLong();
        Optional<Entry> current = bucket.get(name);
        if (current.isPresent()) {
            return tryAcquire(current.get(), before);
        }
        Written created = bucket.create(name, Payload.of(holder));
        if (created instanceof Written.Conflict) {
            long leftOut = leftOut(name);
            return leftOut > 0 && lapsed(name, leftOut, before)
                    ? takeOver(name, leftOut, "a value that is left out", before)
                    : Optional.empty();
        }
        return held(name, before, created);
    }

    private Optional<Lease> tryAcquire(Entry current, long before) {
        Key name = current.key();
        String text = current.value().text();
        if (text.equals(FREE)) {
            return held(name, before, bucket.update(name, Payload.of(holder), current.revision()));
        }
        return lapsed(name, current.revision(), before)
                ? takeOver(name, current.revision(), text, before)
                : Optional.empty();
    }

    private Optional<Lease> takeOver(Key name, long revision, String text, long before) {
        if (!isHolder(text)) {
            Omissions garbage = new Omissions();
            garbage.add(name.toString(), "it holds " + text);
            LOG.log(
                    Level.WARNING,
                    "Taking over a lease that no contender wrote, {0}",
                    garbage.summary().orElseThrow());
        }
        return held(name, before, bucket.update(name, Payload.of(holder), revision));
    }

    /** The revision of what is there and that {@link Bucket#get} leaves out; 0 when there is no such thing. */
    private long leftOut(Key name) {
        KeyPattern pattern = KeyPattern.exactly(name);
        Snapshot now = bucket.entries(pattern);
        return now.entries().isEmpty() ? now.unlessChanged(pattern).newest() : 0;
    }

    /** Whose name a lease bears; it may have run out. Empty when it was given up, never taken, or written by no contender. */
    public Optional<String> holder(Key name) {
        return bucket.get(name).map(entry -> entry.value().text()).filter(text -> isHolder(text) && !text.equals(FREE));
    }

    private static boolean isHolder(String text) {
        return HOLDER.matcher(text).matches();
    }

    private boolean lapsed(Key name, long revision, long now) {
        Seen known = seen.get(name);
        if (known == null || known.revision() != revision) {
            seen.put(name, new Seen(revision, now));
            return false;
        }
        return now - known.since() > term.plus(term.dividedBy(10)).toNanos();
    }

    private Optional<Lease> held(Key name, long before, Written written) {
        return switch (written) {
            case Written.At(long revision) -> Optional.of(new Lease(name, revision, before));
            case Written.Conflict() -> Optional.empty();
        };
    }

    /** A lease that this contender was given. It ends by itself. */
    public final class Lease {
        private final Key name;
        private final long epoch;
        private long revision;
        private long heldSince;

        private Lease(Key name, long epoch, long heldSince) {
            this.name = name;
            this.epoch = epoch;
            this.revision = epoch;
            this.heldSince = heldSince;
        }

        /**
         * Grows with every take-over; whoever sees a higher one must refuse a lower. It is the revision of the write that gave
         * the lease: the mesh counts it, so that nothing which is written into the bucket can set it back.
         */
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
            return switch (bucket.update(name, Payload.of(holder), revision)) {
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
                bucket.update(name, Payload.of(FREE), revision);
            }
        }
    }
}
