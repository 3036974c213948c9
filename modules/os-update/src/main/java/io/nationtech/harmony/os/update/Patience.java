package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.time.Duration;

/** How long something that fails is tried again. Confined to one thread. */
final class Patience {
    private static final int LONGEST_PAUSE = 64;

    private final Limits limits;
    private final Deadline whole;
    private final String where;
    private Deadline withoutProgress;
    private Duration pause;

    Patience(Limits limits, Deadline whole, String where) {
        this.limits = limits;
        this.whole = whole;
        this.where = where;
        this.withoutProgress = Deadline.in(limits.patience());
        this.pause = limits.pause();
    }

    /** Something was got. */
    void renew() {
        withoutProgress = Deadline.in(limits.patience());
        pause = limits.pause();
    }

    /** Whether there is no time left. */
    boolean isOver() {
        return whole.isOver() || withoutProgress.isOver();
    }

    /**
     * Waits a moment before the next try.
     *
     * @throws UpgradeException.Unreachable when there is none
     */
    void pauseAfter(IOException failure) throws UpgradeException, InterruptedException {
        if (isOver()) {
            throw new UpgradeException.Unreachable(
                    new Cause(
                            "it cannot be fetched, and was tried for long enough: " + failure.getMessage(),
                            where,
                            "look whether it can be read from the node's network; upgrade again, which goes on from where it was"));
        }
        Thread.sleep(pause);
        Duration longer = pause.multipliedBy(2);
        Duration longest = limits.pause().multipliedBy(LONGEST_PAUSE);
        pause = longer.compareTo(longest) < 0 ? longer : longest;
    }
}
