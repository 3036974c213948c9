import org.jspecify.annotations.NullMarked;

/**
 * The memory that the kernel manages, from {@code /proc/meminfo}.
 */
@NullMarked
module io.nationtech.harmony.hardware.memory {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.memory.MemorySource;
}
