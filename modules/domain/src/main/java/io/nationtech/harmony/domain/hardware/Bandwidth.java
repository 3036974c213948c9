package io.nationtech.harmony.domain.hardware;

/** A link's speed in bits per second, 1 to 10^13. Network speeds count in powers of ten. */
public record Bandwidth(long bitsPerSecond) implements Comparable<Bandwidth> {
    private static final long MEGA = 1_000_000L;
    private static final long MOST = 10_000_000L * MEGA;

    public Bandwidth {
        Bounds.within("bandwidth in bits per second", bitsPerSecond, 1, MOST);
    }

    /**
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when {@code amount} is outside 1..10^7
     */
    public static Bandwidth megabits(long amount) {
        Bounds.within("bandwidth in Mbit/s", amount, 1, MOST / MEGA);
        return new Bandwidth(amount * MEGA);
    }

    @Override
    public int compareTo(Bandwidth other) {
        return Long.compare(bitsPerSecond, other.bitsPerSecond);
    }

    @Override
    public String toString() {
        return bitsPerSecond % MEGA == 0 ? bitsPerSecond / MEGA + " Mbit/s" : bitsPerSecond + " bit/s";
    }
}
