package io.nationtech.harmony.domain.hardware;

/** What a device is used as. */
public enum DeviceKind {
    GPU,
    GPIO_LINE,
    TPM,
    /** Room in the file system that work uses; the disk itself is not touched. */
    STORAGE,
    USB,
    PCI,
    I2C_BUS,
    SPI,
    PWM_CHANNEL,
    SERIAL_PORT,
    CAMERA
}
