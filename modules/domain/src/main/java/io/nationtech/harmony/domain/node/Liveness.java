package io.nationtech.harmony.domain.node;

import java.time.Duration;

/** Whether a node was heard of lately, by the mesh's own clock. */
public sealed interface Liveness {

    /** A heartbeat arrives every five seconds; after four missed ones the node counts as lost. */
    Duration HEARTBEAT_PERIOD = Duration.ofSeconds(5);

    /** Silence after which a node counts as lost. */
    Duration LOST_AFTER = HEARTBEAT_PERIOD.multipliedBy(4);

    /** The node was heard of lately. */
    record Alive(Duration lastHeard) implements Liveness {}

    /** The node is silent. */
    record Lost(Duration lastHeard) implements Liveness {}

    /** The node registered and was never seen since. */
    record NeverSeen() implements Liveness {}

    /** What a silence means; a heartbeat that arrived while the others were read makes it less than nothing. */
    static Liveness after(Duration silence) {
        Duration heard = silence.isNegative() ? Duration.ZERO : silence;
        return heard.compareTo(LOST_AFTER) > 0 ? new Lost(heard) : new Alive(heard);
    }
}
