package io.nationtech.harmony.domain.value;

/** Which of several is tried first: the one with the lowest number, 0 to 65535 (RFC 5321 §5.1, RFC 2782). */
public record DnsPreference(int number) {
    private static final int HIGHEST = 65_535;

    public DnsPreference {
        if (number < 0 || number > HIGHEST) {
            throw new InvalidValueException("preference %d is outside 0..%d".formatted(number, HIGHEST));
        }
    }

    /**
     * @throws InvalidValueException when {@code number} is outside 0..65535
     */
    public static DnsPreference of(int number) {
        return new DnsPreference(number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
