package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.value.Author;
import io.nationtech.harmony.fleet.Rollouts;
import io.nationtech.harmony.fleet.Rollouts.Found;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.Written;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.RolloutState;
import io.nationtech.harmony.rollout.Verdict;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rollout's record in the mesh, as written by whoever runs it. Of others only people write it, to have it pause or go on, which is
 * heeded. Whoever takes it over writes themselves into it first: from then on no write of an earlier runner comes through, and so no
 * node is told anything by one. Used by one thread.
 */
final class KeptRollout implements AutoCloseable {
    private final Rollouts rollouts;
    private final AtomicLong heard = new AtomicLong();
    private final Subscription watch;
    private RolloutRecord record;
    private long revision;

    /** What came of looking at the record, or writing it. */
    sealed interface Look {

        /** It is as it was left; a write came through. */
        record AsLeft() implements Look {}

        /** Somebody wants it to stand so; a write did not come through. */
        record Ordered(Verdict verdict) implements Look {}

        /** Somebody else runs it, or it is gone. */
        record Lost(Optional<Author> to) implements Look {}
    }

    private KeptRollout(Rollouts rollouts, RolloutRecord record, long revision, Runnable news) {
        this.rollouts = rollouts;
        this.record = record;
        this.revision = revision;
        this.watch = rollouts.watch(record.deployment(), newest -> {
            heard.accumulateAndGet(newest, Math::max);
            news.run();
        });
    }

    /**
     * Writes whoever runs it from now on into the record.
     *
     * @param expected the revision that was found
     * @param news is run whenever somebody may have changed the record
     * @return empty when somebody else was faster
     */
    static Optional<KeptRollout> write(Rollouts rollouts, RolloutRecord record, long expected, Runnable news) {
        return switch (rollouts.write(record, expected)) {
            case Written.At(long revision) -> Optional.of(new KeptRollout(rollouts, record, revision, news));
            case Written.Conflict() ->
                rollouts.find(record.deployment()) instanceof Found.Kept(long revision, RolloutRecord now)
                                && now.equals(record)
                        ? Optional.of(new KeptRollout(rollouts, record, revision, news))
                        : Optional.empty();
        };
    }

    RolloutRecord record() {
        return record;
    }

    /** Looks whether somebody else wrote it, if the mesh told so. */
    Look look() {
        return heard.get() > revision ? compared() : new Look.AsLeft();
    }

    /** Keeps a state. */
    Look keep(RolloutState state) {
        RolloutRecord later =
                RolloutRecord.of(record.deployment(), record.began(), record.terms(), record.runner(), state);
        if (later.equals(record)) {
            return new Look.AsLeft();
        }
        return switch (rollouts.write(later, revision)) {
            case Written.At(long at) -> left(later, at);
            case Written.Conflict() ->
                // The mesh's library may write again when an answer is lost, and then finds its own write.
                rollouts.find(record.deployment()) instanceof Found.Kept(long at, RolloutRecord now)
                                && now.equals(later)
                        ? left(later, at)
                        : compared();
        };
    }

    private Look left(RolloutRecord later, long at) {
        record = later;
        revision = at;
        return new Look.AsLeft();
    }

    private Look compared() {
        return switch (rollouts.find(record.deployment())) {
            case Found.Kept(long at, RolloutRecord now) -> {
                if (!now.runner().equals(record.runner())) {
                    yield new Look.Lost(Optional.of(now.runner().by()));
                }
                boolean isSame = now.equals(record);
                record = now;
                revision = at;
                yield isSame
                        ? new Look.AsLeft()
                        : new Look.Ordered(now.progress().verdict());
            }
            case Found.Nothing _, Found.Garbage _ -> new Look.Lost(Optional.empty());
        };
    }

    @Override
    public void close() {
        watch.close();
    }
}
