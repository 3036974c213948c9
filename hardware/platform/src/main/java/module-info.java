import org.jspecify.annotations.NullMarked;

/**
 * Machine, firmware and operating system, from DMI or the device tree, efivars and os-release.
 */
@NullMarked
module io.nationtech.harmony.hardware.platform {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.platform.SystemSource;
}
