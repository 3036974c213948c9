package io.nationtech.harmony.domain.hardware;

/** Tells devices of one node apart: devices of different kinds may share a path, as a graphics card is a PCI device too. */
record DeviceKey(Class<?> kind, DevicePath path) {
    static DeviceKey of(Device device) {
        return new DeviceKey(device.getClass(), device.path());
    }
}
