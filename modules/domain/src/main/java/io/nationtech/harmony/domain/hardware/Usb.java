package io.nationtech.harmony.domain.hardware;

import java.util.List;

/** A USB device; taken whole unless shared. */
public record Usb(UsbId id, Sharing sharing) implements DeviceClaim {

    /** One of this vendor and product, as lsusb prints them: {@code Usb.device(0x0403, 0x6001)}. */
    public static Usb device(int vendor, int product) {
        return new Usb(new UsbId(vendor, product), Sharing.EXCLUSIVE);
    }

    /** The same, where others may use it too. */
    public Usb shared() {
        return new Usb(id, Sharing.SHARED);
    }

    @Override
    public long amount() {
        return 0;
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(
                hardware, UsbDevice.class, device -> device.id().equals(id), device -> new Unit(device.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return new Usb(id, Sharing.EXCLUSIVE);
    }

    @Override
    public String kind() {
        return "USB device " + id;
    }

    @Override
    public String toString() {
        return kind();
    }
}
