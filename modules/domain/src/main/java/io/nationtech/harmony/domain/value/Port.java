package io.nationtech.harmony.domain.value;

/** A TCP or UDP port, 1 to 65535 (RFC 6335 §6; 0 is reserved). */
public record Port(int number) implements Comparable<Port> {
    private static final int HIGHEST = 65_535;

    public Port {
        if (number < 1 || number > HIGHEST) {
            throw new InvalidValueException("port %d is outside 1..%d".formatted(number, HIGHEST));
        }
    }

    /**
     * @throws InvalidValueException when {@code number} is outside 1..65535
     */
    public static Port of(int number) {
        return new Port(number);
    }

    @Override
    public int compareTo(Port other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
