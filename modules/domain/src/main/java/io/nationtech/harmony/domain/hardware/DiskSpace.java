package io.nationtech.harmony.domain.hardware;

/** An amount of storage in bytes, 0 to 2^60. Named by IEC units: a gibibyte is 1024³ bytes (IEC 80000-13). */
public record DiskSpace(long bytes) implements Comparable<DiskSpace> {
    private static final long MOST = 1L << 60;
    private static final long GIBI = 1L << 30;

    public DiskSpace {
        Bounds.within("disk space in bytes", bytes, 0, MOST);
    }

    /**
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when {@code bytes} is outside 0..2^60
     */
    public static DiskSpace ofBytes(long bytes) {
        return new DiskSpace(bytes);
    }

    /**
     * @throws io.nationtech.harmony.domain.value.InvalidValueException when {@code amount} is outside 0..2^30
     */
    public static DiskSpace gibibytes(long amount) {
        Bounds.within("disk space in GiB", amount, 0, MOST / GIBI);
        return new DiskSpace(amount * GIBI);
    }

    @Override
    public int compareTo(DiskSpace other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return Amount.iec(bytes);
    }
}
