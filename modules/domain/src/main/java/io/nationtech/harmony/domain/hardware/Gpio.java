package io.nationtech.harmony.domain.hardware;

import java.util.List;
import java.util.Optional;

/** A general-purpose input and output line; always taken whole. The line is looked for on every chip, lowest path first. */
public record Gpio(int line) implements DeviceClaim {
    public Gpio {
        Bounds.within("GPIO line", line, 0, 1_023);
    }

    /** The line of this number, as Linux counts the lines of a chip: on a Raspberry Pi, 17 is GPIO17. */
    public static Gpio line(int number) {
        return new Gpio(number);
    }

    @Override
    public Sharing sharing() {
        return Sharing.EXCLUSIVE;
    }

    @Override
    public long amount() {
        return 0;
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        List<Unit> lines = DeviceClaim.unitsOf(
                hardware,
                GpioChip.class,
                chip -> chip.offers(line),
                chip -> new Unit(chip.path().part(line), 0));
        return lines.isEmpty() ? lines : lines.subList(0, 1);
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return this;
    }

    @Override
    public String kind() {
        return "free GPIO line " + line;
    }

    @Override
    public Optional<String> names() {
        return Optional.of(toString());
    }

    @Override
    public String toString() {
        return "GPIO line " + line;
    }
}
