package io.nationtech.harmony.domain.hardware;

import java.util.Locale;

/**
 * What work was given of a device of its node.
 *
 * @param path of the device, or of the part of one that was given
 * @param bytes what it takes of it; 0 where nothing is counted
 */
public record DeviceGrant(DevicePath path, DeviceKind kind, Sharing sharing, long bytes)
        implements Comparable<DeviceGrant> {
    public DeviceGrant {
        Bounds.within("bytes of " + path, bytes, 0, Long.MAX_VALUE);
    }

    /** What a claim takes of the device that it got. */
    public static DeviceGrant of(DeviceClaim claim, DevicePath path) {
        return new DeviceGrant(path, kind(claim), claim.sharing(), claim.amount());
    }

    private static DeviceKind kind(DeviceClaim claim) {
        return switch (claim) {
            case Gpu _ -> DeviceKind.GPU;
            case Gpio _ -> DeviceKind.GPIO_LINE;
            case Tpm _ -> DeviceKind.TPM;
            case Storage _ -> DeviceKind.STORAGE;
            case Usb _ -> DeviceKind.USB;
            case Pci _ -> DeviceKind.PCI;
            case I2c _ -> DeviceKind.I2C_BUS;
            case Spi _ -> DeviceKind.SPI;
            case Pwm _ -> DeviceKind.PWM_CHANNEL;
            case Serial _ -> DeviceKind.SERIAL_PORT;
            case Camera _ -> DeviceKind.CAMERA;
        };
    }

    /** Whether work that was given the other cannot have this at the same time: it is the same device, and one wants it alone. */
    public boolean excludes(DeviceGrant other) {
        return path.equals(other.path) && (sharing == Sharing.EXCLUSIVE || other.sharing == Sharing.EXCLUSIVE);
    }

    /** The device with its kind, as in {@code gpio line gpiochip0/17}. */
    public String words() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + path;
    }

    @Override
    public int compareTo(DeviceGrant other) {
        int order = path.compareTo(other.path);
        return order != 0 ? order : kind.compareTo(other.kind);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
