import org.jspecify.annotations.NullMarked;

/**
 * In which order nodes are changed, and when a rollout goes on, waits, stops or goes back: decided from facts, without I/O and without
 * a clock, so that whoever holds a rollout's state can carry it on.
 */
@NullMarked
module io.nationtech.harmony.rollout {
    requires transitive io.nationtech.harmony.domain;
    requires static org.jspecify;

    exports io.nationtech.harmony.rollout;
}
