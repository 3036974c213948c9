import org.jspecify.annotations.NullMarked;

/**
 * Network interfaces of hardware, from sysfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.network {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.network.NetworkSource;
}
