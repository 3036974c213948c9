package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.Cause;
import java.util.Optional;

/** Lets so many calls at a time through to a target, and none any more once one of them never came back. */
final class Gate {
    private int free;
    private Optional<Cause> shut = Optional.empty();

    /**
     * @param places how many may be inside at a time
     */
    Gate(int places) {
        this.free = places;
    }

    /**
     * Waits for a place.
     *
     * @throws DriverException once the gate is shut, also for who waits already: a call that hangs may never give its place back
     */
    synchronized void enter() throws DriverException, InterruptedException {
        while (free == 0 && shut.isEmpty()) {
            wait();
        }
        if (shut.isPresent()) {
            throw new DriverException(shut.get(), DriverException.Persistence.PERMANENT);
        }
        free--;
    }

    /** Gives back a place that {@link #enter} gave. */
    synchronized void leave() {
        free++;
        notify();
    }

    /** Lets nobody in any more. */
    synchronized void shut(Cause why) {
        shut = Optional.of(why);
        notifyAll();
    }

    synchronized int free() {
        return free;
    }
}
