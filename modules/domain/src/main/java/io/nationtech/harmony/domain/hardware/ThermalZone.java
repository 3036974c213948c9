package io.nationtech.harmony.domain.hardware;

/**
 * A place whose temperature the node measures.
 *
 * @param kind the driver's name for it, as in {@code x86_pkg_temp}
 * @param celsius −50 to 250
 */
public record ThermalZone(DevicePath path, ModelName kind, int celsius) {
    public ThermalZone {
        Bounds.within("temperature of %s in °C".formatted(path), celsius, -50, 250);
    }
}
