package io.nationtech.harmony.domain.value;

/** The number of a group in a container: 0, which is root's, to 2,147,483,647. */
public record GroupId(int value) {
    public GroupId {
        if (value < 0) {
            throw new InvalidValueException("%d is not the number of a group: use 0 to 2147483647".formatted(value));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is negative
     */
    public static GroupId of(int value) {
        return new GroupId(value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
