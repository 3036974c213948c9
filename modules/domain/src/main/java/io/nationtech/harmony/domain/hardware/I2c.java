package io.nationtech.harmony.domain.hardware;

import java.util.List;
import java.util.Optional;

/** An I²C bus; shared unless exclusive, as each chip on it has an address of its own. */
public record I2c(int bus, Sharing sharing) implements DeviceClaim {
    public I2c {
        Bounds.within("I²C bus", bus, 0, 255);
    }

    /** The bus of this number: {@code /dev/i2c-1} is 1. */
    public static I2c bus(int number) {
        return new I2c(number, Sharing.SHARED);
    }

    /** The same, alone. */
    public I2c exclusive() {
        return new I2c(bus, Sharing.EXCLUSIVE);
    }

    @Override
    public long amount() {
        return 0;
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(
                hardware, I2cBus.class, device -> device.number() == bus, device -> new Unit(device.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return bus(bus);
    }

    @Override
    public String kind() {
        return "I²C bus " + bus;
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
