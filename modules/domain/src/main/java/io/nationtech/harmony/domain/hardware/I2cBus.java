package io.nationtech.harmony.domain.hardware;

/** An I²C bus, by its number in the kernel: {@code /dev/i2c-1} is 1. */
public record I2cBus(DevicePath path, int number) implements Device {
    public I2cBus {
        Bounds.within("I²C bus", number, 0, 255);
    }
}
