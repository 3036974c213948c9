package io.nationtech.harmony.domain.value;

/** How many copies of a service run, each on a node of its own: 1 to 5000, as many as one rollout changes. */
public record Replicas(int count) {
    private static final int MOST = 5_000;

    public Replicas {
        if (count < 1 || count > MOST) {
            throw new InvalidValueException("%d replicas are outside 1..%d".formatted(count, MOST));
        }
    }

    /**
     * @throws InvalidValueException when {@code count} is outside 1..5000
     */
    public static Replicas of(int count) {
        return new Replicas(count);
    }
}
