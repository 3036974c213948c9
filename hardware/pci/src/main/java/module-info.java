import org.jspecify.annotations.NullMarked;

/**
 * Devices on the PCI bus, from sysfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.pci {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.pci.PciSource;
}
