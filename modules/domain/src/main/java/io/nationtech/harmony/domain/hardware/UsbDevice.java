package io.nationtech.harmony.domain.hardware;

/** A device on USB; its path is its port, as in {@code 1-1.2}. */
public record UsbDevice(DevicePath path, UsbId id, UsbClass type, ModelName model) implements Device {}
