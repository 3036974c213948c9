import org.jspecify.annotations.NullMarked;

/**
 * Trusted platform modules, from sysfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.tpm {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.tpm.TpmSource;
}
