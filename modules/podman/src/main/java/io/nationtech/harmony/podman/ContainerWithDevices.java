package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.node.Container;
import java.util.List;

/**
 * A container and the device files of this machine that it uses.
 *
 * @param deviceFiles as in {@code /dev/gpiochip0}
 */
record ContainerWithDevices(Container container, List<String> deviceFiles) {
    ContainerWithDevices {
        deviceFiles = List.copyOf(deviceFiles);
    }
}
