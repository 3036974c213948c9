package io.nationtech.harmony.domain.hardware;

/** A USB device's vendor and product numbers, 16 bits each, as in {@code 0403:6001} (USB 2.0 §9.6.1). */
public record UsbId(int vendor, int product) {
    public UsbId {
        Bounds.within("USB vendor", vendor, 0, 0xFFFF);
        Bounds.within("USB product", product, 0, 0xFFFF);
    }

    @Override
    public String toString() {
        return "%04x:%04x".formatted(vendor, product);
    }
}
