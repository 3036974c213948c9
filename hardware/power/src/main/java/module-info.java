import org.jspecify.annotations.NullMarked;

/**
 * What the node runs on and how hot it is, from sysfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.power {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.power.PowerSupplySource,
            io.nationtech.harmony.hardware.power.ThermalSource;
}
