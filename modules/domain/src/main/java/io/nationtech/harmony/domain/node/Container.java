package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.hardware.DevicePath;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import java.util.List;
import java.util.Optional;

/**
 * A container that runs for as long as its deployment wants it, and is started again when it ends.
 *
 * @param ports what is reachable through the node's address
 * @param probe how its health is told; without one, running is all that is known
 * @param memoryLimit above which the kernel ends it
 * @param devices of its node that it may use
 * @param secrets that it reads from files
 */
public record Container(
        ContainerName name,
        ImageReference image,
        List<PublishedPort> ports,
        Optional<HttpProbe> probe,
        Memory memoryLimit,
        List<DevicePath> devices,
        List<MountedSecret> secrets)
        implements NodeResource {
    public Container {
        ports = List.copyOf(ports);
        devices = List.copyOf(devices);
        secrets = List.copyOf(secrets);
    }

    /** One without devices and secrets. */
    public Container(
            ContainerName name,
            ImageReference image,
            List<PublishedPort> ports,
            Optional<HttpProbe> probe,
            Memory memoryLimit) {
        this(name, image, ports, probe, memoryLimit, List.of(), List.of());
    }

    /** The same container, which reads these secrets. */
    public Container reading(List<MountedSecret> mounted) {
        return new Container(name, image, ports, probe, memoryLimit, devices, mounted);
    }

    @Override
    public String label() {
        return "container " + name;
    }
}
