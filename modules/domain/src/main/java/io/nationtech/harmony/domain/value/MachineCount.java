package io.nationtech.harmony.domain.value;

/** How many machines of a kind stand together: 1 to 1000. */
public record MachineCount(int count) {
    private static final int MOST = 1_000;

    public MachineCount {
        if (count < 1 || count > MOST) {
            throw new InvalidValueException("%d machines are outside 1..%d".formatted(count, MOST));
        }
    }

    /**
     * @throws InvalidValueException when {@code count} is outside 1..1000
     */
    public static MachineCount of(int count) {
        return new MachineCount(count);
    }
}
