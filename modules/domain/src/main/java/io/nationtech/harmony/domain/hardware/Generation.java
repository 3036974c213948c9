package io.nationtech.harmony.domain.hardware;

/** How often a node's hardware has changed since the node was made; a later report has a larger one. At least 1. */
public record Generation(long number) implements Comparable<Generation> {
    public Generation {
        Bounds.within("generation", number, 1, Long.MAX_VALUE - 1);
    }

    /** The first report's. */
    public static Generation first() {
        return new Generation(1);
    }

    /** The next report's. */
    public Generation next() {
        return new Generation(number + 1);
    }

    @Override
    public int compareTo(Generation other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
