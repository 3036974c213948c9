package io.nationtech.harmony.domain.value;

/** What people call a kind of machine, as in {@code pi5}. A DNS label (RFC 1123 §2.1): 1 to 63 of a-z, 0-9 and '-'. */
public record MachineClass(String value) implements Comparable<MachineClass> {
    public MachineClass {
        Label.require("machine class", value);
    }

    /**
     * @throws InvalidValueException when {@code value} is not a label
     */
    public static MachineClass of(String value) {
        return new MachineClass(value);
    }

    @Override
    public int compareTo(MachineClass other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
