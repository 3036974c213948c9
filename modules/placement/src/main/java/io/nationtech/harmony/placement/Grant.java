package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceClaim;
import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.hardware.DevicePath;

/** Which device of its node a claim got. */
public record Grant(DeviceClaim claim, DevicePath device) {
    /** What the container is told of it. */
    public DeviceGrant told() {
        return DeviceGrant.of(claim, device);
    }

    @Override
    public String toString() {
        return claim + " → " + device;
    }
}
