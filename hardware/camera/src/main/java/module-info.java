import org.jspecify.annotations.NullMarked;

/**
 * Cameras, from sysfs and udev's notes.
 */
@NullMarked
module io.nationtech.harmony.hardware.camera {
    requires io.nationtech.harmony.hardware.source;
    requires static org.jspecify;

    provides io.nationtech.harmony.hardware.source.HardwareSource with
            io.nationtech.harmony.hardware.camera.CameraSource;
}
