package io.nationtech.harmony.domain.value;

/** The number of a user in a container: 0, which is root's, to 2,147,483,647. */
public record UserId(int value) {
    public UserId {
        if (value < 0) {
            throw new InvalidValueException("%d is not the number of a user: use 0 to 2147483647".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is negative
     */
    public static UserId of(int value) {
        return new UserId(value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
