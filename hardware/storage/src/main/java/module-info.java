import org.jspecify.annotations.NullMarked;

/**
 * Disks: medium, size, free space and health, from sysfs and the tables of mounts.
 */
@NullMarked
module io.nationtech.harmony.hardware.storage {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.storage.StorageSource;
}
