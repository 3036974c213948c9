package io.nationtech.harmony.domain.hardware;

/**
 * A PCI device's class and subclass, 16 bits as in {@code 0300} for a VGA controller (PCI Code and ID Assignment 1.12).
 */
public record PciClass(int code) {
    /** Display controllers, of any subclass: {@code 03xx}. */
    private static final int DISPLAY = 0x03;

    public PciClass {
        Bounds.within("PCI class", code, 0, 0xFFFF);
    }

    /** Whether it is a display controller. */
    public boolean isDisplay() {
        return code >> Byte.SIZE == DISPLAY;
    }

    @Override
    public String toString() {
        return "%04x".formatted(code);
    }
}
