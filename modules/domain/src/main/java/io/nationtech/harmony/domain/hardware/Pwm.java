package io.nationtech.harmony.domain.hardware;

import java.util.List;
import java.util.Optional;

/** A pulse-width modulation channel; always taken whole. */
public record Pwm(int channel) implements DeviceClaim {
    public Pwm {
        Bounds.within("PWM channel", channel, 0, 255);
    }

    /** The channel of this number, on the first chip that has it. */
    public static Pwm channel(int number) {
        return new Pwm(number);
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
                PwmChip.class,
                chip -> channel < chip.channels(),
                chip -> new Unit(chip.path().part(channel), 0));
        return lines.isEmpty() ? lines : lines.subList(0, 1);
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return this;
    }

    @Override
    public String kind() {
        return "PWM channel " + channel;
    }

    @Override
    public Optional<String> names() {
        return Optional.of(kind());
    }

    @Override
    public String toString() {
        return kind();
    }
}
