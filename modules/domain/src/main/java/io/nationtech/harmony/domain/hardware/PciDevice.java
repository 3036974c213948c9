package io.nationtech.harmony.domain.hardware;

/** A device on the PCI bus; its path is its address, as in {@code 0000:01:00.0}. */
public record PciDevice(DevicePath path, PciId id, PciClass type) implements Device {}
