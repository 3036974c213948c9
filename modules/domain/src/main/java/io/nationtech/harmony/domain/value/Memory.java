package io.nationtech.harmony.domain.value;

/** An amount of memory in bytes, at least 1. Named by IEC units: a kibibyte is 1024 bytes (IEC 80000-13). */
public record Memory(long bytes) implements Comparable<Memory> {
    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;

    public Memory {
        if (bytes < 1) {
            throw new InvalidValueException("memory of %d bytes is less than 1".formatted(bytes));
        }
    }

    /**
     * @throws InvalidValueException when {@code bytes} is less than 1
     */
    public static Memory ofBytes(long bytes) {
        return new Memory(bytes);
    }

    /**
     * @throws InvalidValueException when the amount is less than 1 or does not fit in 63 bits of bytes
     */
    public static Memory mebibytes(long amount) {
        return scaled(amount, MEBI, "MiB");
    }

    /**
     * @throws InvalidValueException when the amount is less than 1 or does not fit in 63 bits of bytes
     */
    public static Memory gibibytes(long amount) {
        return scaled(amount, GIBI, "GiB");
    }

    private static Memory scaled(long amount, long unit, String name) {
        if (amount < 1 || amount > Long.MAX_VALUE / unit) {
            throw new InvalidValueException(
                    "memory of %d %s is outside 1..%d".formatted(amount, name, Long.MAX_VALUE / unit));
        }
        return new Memory(amount * unit);
    }

    @Override
    public int compareTo(Memory other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (bytes % GIBI == 0) {
            return bytes / GIBI + " GiB";
        }
        return bytes % MEBI == 0 ? bytes / MEBI + " MiB" : bytes + " B";
    }
}
