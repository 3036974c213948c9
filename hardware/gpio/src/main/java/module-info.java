import org.jspecify.annotations.NullMarked;

/**
 * What boards have for wires: GPIO lines, I²C, SPI and PWM, and serial ports, from sysfs and debugfs.
 */
@NullMarked
module io.nationtech.harmony.hardware.gpio {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.gpio.GpioSource,
            io.nationtech.harmony.hardware.gpio.I2cSource,
            io.nationtech.harmony.hardware.gpio.SpiSource,
            io.nationtech.harmony.hardware.gpio.PwmSource,
            io.nationtech.harmony.hardware.gpio.SerialSource;
}
