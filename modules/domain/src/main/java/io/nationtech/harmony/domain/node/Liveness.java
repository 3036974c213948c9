package io.nationtech.harmony.domain.node;

import java.time.Duration;

/** Whether a node is connected to the mesh, or was until a moment ago, by the mesh's own word and clock. */
public sealed interface Liveness {

    /** How often it is looked which nodes live, by whoever waits for one. */
    Duration LOOKING_PERIOD = Duration.ofSeconds(5);

    /** Silence after which a node counts as lost: it comes back within a few seconds when its connection or the mesh was away for a moment. */
    Duration LOST_AFTER = Duration.ofSeconds(20);

    /**
     * The node is there, or was lately.
     *
     * @param lastHeard zero while it is connected
     */
    record Alive(Duration lastHeard) implements Liveness {}

    /**
     * The node is silent.
     *
     * @param lastHeard for at least so long; nobody knows exactly where the mesh was away meanwhile
     */
    record Lost(Duration lastHeard) implements Liveness {}

    /** The node registered and was never seen since. */
    record NeverSeen() implements Liveness {}

    /** What a silence means; it is less than nothing where clocks of servers differ. */
    static Liveness after(Duration silence) {
        Duration heard = silence.isNegative() ? Duration.ZERO : silence;
        return heard.compareTo(LOST_AFTER) > 0 ? new Lost(heard) : new Alive(heard);
    }
}
