package io.nationtech.harmony.domain.hardware;

import java.util.List;
import java.util.Optional;

/** A chip select of an SPI bus; always taken whole. */
public record Spi(int bus, int chipSelect) implements DeviceClaim {
    public Spi {
        Bounds.within("SPI bus", bus, 0, 255);
        Bounds.within("SPI chip select", chipSelect, 0, 255);
    }

    /** {@code /dev/spidev0.1} is bus 0, chip select 1. */
    public static Spi device(int bus, int chipSelect) {
        return new Spi(bus, chipSelect);
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
        return DeviceClaim.unitsOf(
                hardware,
                SpiDevice.class,
                device -> device.bus() == bus && device.chipSelect() == chipSelect,
                device -> new Unit(device.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return this;
    }

    @Override
    public String kind() {
        return "SPI device %d.%d".formatted(bus, chipSelect);
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
