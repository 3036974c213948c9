import org.jspecify.annotations.NullMarked;

/**
 * Devices on USB, from sysfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.usb {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.usb.UsbSource;
}
