package io.nationtech.harmony.domain.hardware;

import java.util.List;

/** A camera; always taken whole. */
public record Camera() implements DeviceClaim {

    /** Any. */
    public static Camera any() {
        return new Camera();
    }

    @Override
    public Sharing sharing() {
        return Sharing.EXCLUSIVE;
    }

    @Override
    public long amount() {
        return 0;
    }

    @Override
    public List<Unit> units(Hardware hardware) {
        return DeviceClaim.unitsOf(hardware, VideoCamera.class, _ -> true, device -> new Unit(device.path(), 0));
    }

    @Override
    public DeviceClaim ofAnyAmount() {
        return this;
    }

    @Override
    public String kind() {
        return "camera";
    }

    @Override
    public String toString() {
        return kind();
    }
}
