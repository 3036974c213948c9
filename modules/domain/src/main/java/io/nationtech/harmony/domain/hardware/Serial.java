package io.nationtech.harmony.domain.hardware;

import java.util.List;
import java.util.Optional;

/** A serial port; always taken whole. */
public record Serial(Optional<DevicePath> port) implements DeviceClaim {

    /** Any. */
    public static Serial any() {
        return new Serial(Optional.empty());
    }

    /** The one of this name under {@code /dev}. */
    public static Serial port(DevicePath name) {
        return new Serial(Optional.of(name));
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
                SerialPort.class,
                device -> (port.isEmpty() || device.path().equals(port.get())),
                device -> new Unit(device.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return this;
    }

    @Override
    public String kind() {
        return port.map(name -> "serial port " + name).orElse("serial port");
    }

    @Override
    public Optional<String> names() {
        return port.map(name -> kind());
    }

    @Override
    public String toString() {
        return kind();
    }
}
