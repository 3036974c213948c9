package io.nationtech.harmony.domain.hardware;

/** A chip with pulse-width modulation channels, numbered from 0. */
public record PwmChip(DevicePath path, int channels) implements Device {
    public PwmChip {
        Bounds.within("PWM channels of %s".formatted(path), channels, 1, 256);
    }
}
