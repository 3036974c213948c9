package io.nationtech.harmony.domain.hardware;

/** A USB class code, 8 bits as in {@code 08} for mass storage (USB 2.0 §9.6.1); 0 where each interface has its own. */
public record UsbClass(int code) {
    public UsbClass {
        Bounds.within("USB class", code, 0, 0xFF);
    }

    @Override
    public String toString() {
        return "%02x".formatted(code);
    }
}
