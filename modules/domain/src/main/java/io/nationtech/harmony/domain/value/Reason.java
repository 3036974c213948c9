package io.nationtech.harmony.domain.value;

/** Why something is as it is, for whoever reads the plan: one line of 3 to 200 characters. */
public record Reason(String value) {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 200;

    public Reason {
        int length = value.strip().length();
        if (length < SHORTEST || value.length() > LONGEST || value.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("'%s' is not a reason: write one line of %d to %d characters"
                    .formatted(value.replaceAll("\\p{Cntrl}", "?"), SHORTEST, LONGEST));
        }
    }

    /**
     * @throws InvalidValueException when {@code value} is not one line of 3 to 200 characters
     */
    public static Reason of(String value) {
        return new Reason(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
