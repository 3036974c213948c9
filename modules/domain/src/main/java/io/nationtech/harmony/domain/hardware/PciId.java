package io.nationtech.harmony.domain.hardware;

/** A PCI device's vendor and device numbers, 16 bits each, as in {@code 10de:2484} (PCI Local Bus 3.0 §6.2.1). */
public record PciId(int vendor, int device) {
    public PciId {
        Bounds.within("PCI vendor", vendor, 0, 0xFFFF);
        Bounds.within("PCI device", device, 0, 0xFFFF);
    }

    @Override
    public String toString() {
        return "%04x:%04x".formatted(vendor, device);
    }
}
