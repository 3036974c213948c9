import org.jspecify.annotations.NullMarked;

/**
 * The processor: its instruction set, features and build, from {@code /proc/cpuinfo} and sysfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.cpu {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.cpu.CpuSource;
}
