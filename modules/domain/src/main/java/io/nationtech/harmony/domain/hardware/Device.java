package io.nationtech.harmony.domain.hardware;

/** A piece of hardware that work can use, by its path in the node. The set is closed, so that placement understands all. */
public sealed interface Device
        permits Disk,
                NetworkLink,
                PciDevice,
                UsbDevice,
                GraphicsCard,
                TpmChip,
                GpioChip,
                I2cBus,
                SpiDevice,
                PwmChip,
                SerialPort,
                VideoCamera {

    /** Where it sits. */
    DevicePath path();
}
