package io.nationtech.harmony.domain.value;

/** A share of processor time in thousandths of one logical processor, 1 to 8,192,000. */
public record CpuShare(int millis) implements Comparable<CpuShare> {
    private static final int WHOLE = 1_000;
    private static final int MOST = 8_192 * WHOLE;

    public CpuShare {
        if (millis < 1 || millis > MOST) {
            throw new InvalidValueException("CPU share of %d thousandths is outside 1..%d".formatted(millis, MOST));
        }
    }

    /**
     * @throws InvalidValueException when {@code millis} is outside 1..8192000
     */
    public static CpuShare millis(int millis) {
        return new CpuShare(millis);
    }

    /**
     * @throws InvalidValueException when {@code count} is outside 1..8192
     */
    public static CpuShare cpus(int count) {
        if (count < 1 || count > MOST / WHOLE) {
            throw new InvalidValueException("%d CPUs are outside 1..%d".formatted(count, MOST / WHOLE));
        }
        return new CpuShare(count * WHOLE);
    }

    @Override
    public int compareTo(CpuShare other) {
        return Integer.compare(millis, other.millis);
    }

    @Override
    public String toString() {
        return millis % WHOLE == 0 ? millis / WHOLE + " CPU" : millis + " mCPU";
    }
}
