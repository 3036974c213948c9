package io.nationtech.harmony.placement;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.Workload;
import java.util.List;

/** Work at its node. */
record Held(Workload workload, int slot, List<DeviceGrant> devices, Points points) {}
