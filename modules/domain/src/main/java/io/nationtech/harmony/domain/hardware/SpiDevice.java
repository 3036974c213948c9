package io.nationtech.harmony.domain.hardware;

/** A chip select of an SPI bus: {@code /dev/spidev0.1} is bus 0, chip select 1. */
public record SpiDevice(DevicePath path, int bus, int chipSelect) implements Device {
    public SpiDevice {
        Bounds.within("SPI bus", bus, 0, 255);
        Bounds.within("SPI chip select", chipSelect, 0, 255);
    }
}
