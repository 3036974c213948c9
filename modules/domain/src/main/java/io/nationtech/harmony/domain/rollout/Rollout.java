package io.nationtech.harmony.domain.rollout;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.time.Duration;

/**
 * How a change reaches the nodes. Nodes that get something new get it at once; nodes whose running work is changed follow in waves,
 * canaries first; what is no longer wanted goes last, at once.
 *
 * @param canaries so many nodes are changed before all others, one after the other: 0 and up
 * @param pace how long a node may take and must hold
 */
public record Rollout(WaveSize waves, int canaries, FailureBudget budget, Pace pace, OnFailure onFailure) {
    /**
     * So long a node that is as declared holds at least before other nodes go out of service, whatever the pace: whoever passes requests on
     * notices within that time that they may go there again.
     */
    public static final Duration NOTICE = Duration.ofSeconds(3);

    /**
     * One failure domain at a time and no more than a quarter of the nodes; the first node that fails, or has not followed within five
     * minutes, stops it.
     */
    public static final Rollout DEFAULT = new Rollout(
            WaveSize.shareOfOneDomain(25),
            0,
            FailureBudget.none(),
            new Pace(Duration.ZERO, Duration.ofMinutes(5)),
            OnFailure.STOP);

    /**
     * When a node counts.
     *
     * @param minHealthy so long a node must be as declared without a break before it counts as done, zero to 30 days
     * @param deadline so long a node may take until it is as declared, longer than zero, at most 30 days; later it counts as failed
     */
    public record Pace(Duration minHealthy, Duration deadline) {
        private static final Duration LONGEST = Duration.ofDays(30);

        public Pace {
            if (minHealthy.isNegative()
                    || !deadline.isPositive()
                    || minHealthy.compareTo(LONGEST) > 0
                    || deadline.compareTo(LONGEST) > 0) {
                throw new InvalidValueException(
                        ("a rollout cannot wait %s for health within a deadline of %s; write zero or more, and more than"
                                        + " zero, both at most 30 days")
                                .formatted(minHealthy, deadline));
            }
        }
    }

    public Rollout {
        if (canaries < 0) {
            throw new InvalidValueException("%d canaries; write 0 when there are none".formatted(canaries));
        }
    }

    /** The same with waves of another size. */
    public Rollout waves(WaveSize size) {
        return new Rollout(size, canaries, budget, pace, onFailure);
    }

    /** The same with so many nodes that are changed before all others. */
    public Rollout canaries(int nodes) {
        return new Rollout(waves, nodes, budget, pace, onFailure);
    }

    /** The same when other many may fail. */
    public Rollout mayFail(FailureBudget failures) {
        return new Rollout(waves, canaries, failures, pace, onFailure);
    }

    /** The same when nodes must hold for so long. */
    public Rollout minHealthy(Duration time) {
        return new Rollout(waves, canaries, budget, new Pace(time, pace.deadline()), onFailure);
    }

    /** The same when each node may take so long. */
    public Rollout deadline(Duration time) {
        return new Rollout(waves, canaries, budget, new Pace(pace.minHealthy(), time), onFailure);
    }

    /** The same when a node may take no longer than that either, longer than zero. */
    public Rollout within(Duration timeout) {
        return timeout.compareTo(pace.deadline()) < 0 ? deadline(timeout) : this;
    }

    /** The same with another end when too many fail. */
    public Rollout onFailure(OnFailure what) {
        return new Rollout(waves, canaries, budget, pace, what);
    }
}
