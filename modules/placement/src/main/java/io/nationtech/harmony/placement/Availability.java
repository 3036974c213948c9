package io.nationtech.harmony.placement;

/** Whether a node takes new work. */
public enum Availability {
    OPEN,
    /** It takes none; what runs there goes on. */
    CLOSED,
    /** It was not heard of for too long: it takes none, and what is meant to run there counts where copies are counted. */
    LOST,
    /** Somebody will work on it: it takes none, and what runs there leaves when it is reconsidered and finds another place. */
    DRAINING
}
