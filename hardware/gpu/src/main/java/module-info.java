import org.jspecify.annotations.NullMarked;

/**
 * Graphics processors and accelerators that work can use, from sysfs; their names from the list of PCI ids.
 */
@NullMarked
module io.nationtech.harmony.hardware.gpu {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.gpu.GpuSource;
}
