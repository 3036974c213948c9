package io.nationtech.harmony.domain.value;

/** What a parameter of the kernel is set to: 0 to 65,535; each parameter has a greatest value of its own. */
public record SysctlValue(int number) {
    private static final int MOST = 65_535;

    public SysctlValue {
        if (number < 0 || number > MOST) {
            throw new InvalidValueException(
                    "%d is outside 0..%d, which kernel parameters take".formatted(number, MOST));
        }
    }

    /**
     * @throws InvalidValueException when {@code number} is outside 0..65535
     */
    public static SysctlValue of(int number) {
        return new SysctlValue(number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
