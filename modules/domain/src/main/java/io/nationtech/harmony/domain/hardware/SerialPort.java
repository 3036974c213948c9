package io.nationtech.harmony.domain.hardware;

/** A serial port, by its name under {@code /dev}, as in {@code ttyUSB0}. */
public record SerialPort(DevicePath path) implements Device {}
