package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.mesh.Key;
import io.nationtech.harmony.mesh.Leases;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The lock for taking room. Who has the turn reads what all others hold, decides, and tells nodes; nobody else in the mesh takes anything
 * meanwhile. It is the lease {@code placement}, held while the mesh is read and written and never while something starts. A holder that
 * crashed is waited for until its lease has run out: 15 s and a margin of 1.5 s.
 */
final class PlacementLock {
    static final Key LEASE = Key.of("placement");

    /** How long a turn is waited for: two crashed holders in a row, and some that live. */
    static final Duration TIMEOUT = Duration.ofSeconds(45);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String SEPARATOR = ";";
    private static final Logger LOG = System.getLogger(PlacementLock.class.getName());

    private final Fleet fleet;
    private final Author author;
    private final Clocks clocks;

    /**
     * The time, and what keeps those who contend from meeting at the same times again and again.
     *
     * @param wall for people
     * @param nanos monotonic
     * @param chance how long a pause is; for any thread
     * @param look how often somebody else's turn is looked at, at least; at most half as often
     */
    record Clocks(InstantSource wall, LongSupplier nanos, RandomGenerator chance, Duration look) {
        /** Waits for so long at least, and less than twice as long as {@code look}. */
        void pause(Duration shortest) throws InterruptedException {
            Duration longest = look.multipliedBy(2);
            Thread.sleep(
                    shortest.plusNanos(chance.nextLong(longest.minus(shortest).toNanos())));
        }
    }

    /** What is done during a turn. */
    interface Work<T, E extends Exception> {
        /**
         * @param turn that may end by itself
         */
        T during(Leases.Lease turn) throws E, InterruptedException;
    }

    /** What came of waiting for a turn. */
    sealed interface Result<T> {

        /** It came, and the work was done. */
        record Had<T>(T value) implements Result<T> {}

        /** It did not come in time. */
        record Missed<T>(Cause why) implements Result<T> {}
    }

    PlacementLock(Fleet fleet, Author author) {
        this(fleet, author, new Clocks(InstantSource.system(), System::nanoTime, new Random(), LOOK));
    }

    PlacementLock(Fleet fleet, Author author, Clocks clocks) {
        this.fleet = fleet;
        this.author = author;
        this.clocks = clocks;
    }

    /** Who takes it. */
    Author author() {
        return author;
    }

    Clocks clocks() {
        return clocks;
    }

    /**
     * Waits for the turn, for up to {@link #TIMEOUT}, and does the work.
     *
     * @throws MeshUnavailableException when the mesh cannot be asked
     */
    <T, E extends Exception> Result<T> take(Work<T, E> work) throws E, InterruptedException {
        Leases leases = fleet.leases(holder(), clocks.nanos());
        long began = clocks.nanos().getAsLong();
        while (true) {
            Optional<Leases.Lease> turn = leases.tryAcquire(LEASE);
            if (turn.isPresent()) {
                return new Result.Had<>(done(work, turn.get()));
            }
            if (clocks.nanos().getAsLong() - began > TIMEOUT.toNanos()) {
                return new Result.Missed<>(busy(leases.holder(LEASE)));
            }
            clocks.pause(clocks.look());
        }
    }

    private static <T, E extends Exception> T done(Work<T, E> work, Leases.Lease turn) throws E, InterruptedException {
        try {
            return work.during(turn);
        } finally {
            try {
                turn.release();
            } catch (MeshUnavailableException e) {
                LOG.log(Level.DEBUG, "The turn is not given up and runs out: {0}", e.getMessage());
            }
        }
    }

    private String holder() {
        return String.join(
                SEPARATOR,
                author.value(),
                clocks.wall().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                UUID.randomUUID().toString());
    }

    private static Cause busy(Optional<String> holder) {
        return new Cause(
                "the placement lock was not free for %d s; %s holds it"
                        .formatted(
                                TIMEOUT.toSeconds(),
                                holder.map(name -> name.split(SEPARATOR, 2)[0]).orElse("nobody")),
                "mesh, bucket leases, key " + LEASE,
                "deploy again; if it stays so, look who else deploys or operates");
    }
}
