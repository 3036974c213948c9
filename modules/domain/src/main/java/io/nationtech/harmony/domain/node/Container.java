package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
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
 * @param reserved what of its node is kept for it, so that nobody else is placed on that
 * @param devices of its node that it may use, ordered by path
 * @param secrets that it reads from files
 * @param mobility whether it may be taken elsewhere; for people, as its node does nothing about it
 */
public record Container(
        ContainerName name,
        ImageReference image,
        List<PublishedPort> ports,
        Optional<HttpProbe> probe,
        Memory memoryLimit,
        Demand reserved,
        List<DeviceGrant> devices,
        List<MountedSecret> secrets,
        Mobility mobility)
        implements NodeResource {
    public Container {
        ports = List.copyOf(ports);
        devices = devices.stream().sorted().toList();
        secrets = List.copyOf(secrets);
    }

    /** One that may use all that is kept for it, without devices and secrets. */
    public Container(
            ContainerName name,
            ImageReference image,
            List<PublishedPort> ports,
            Optional<HttpProbe> probe,
            Memory memoryLimit) {
        this(name, image, ports, probe, memoryLimit, Demand.of(memoryLimit), List.of(), List.of());
    }

    /** One that may be taken elsewhere. */
    public Container(
            ContainerName name,
            ImageReference image,
            List<PublishedPort> ports,
            Optional<HttpProbe> probe,
            Memory memoryLimit,
            Demand reserved,
            List<DeviceGrant> devices,
            List<MountedSecret> secrets) {
        this(name, image, ports, probe, memoryLimit, reserved, devices, secrets, Mobility.MOVES);
    }

    /** The same with these devices and no others. */
    public Container with(List<DeviceGrant> others) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, others, secrets, mobility);
    }

    /** The same, with this kept for it. */
    public Container reserving(Demand other) {
        return new Container(name, image, ports, probe, memoryLimit, other, devices, secrets, mobility);
    }

    /** The same container, which reads these secrets. */
    public Container reading(List<MountedSecret> mounted) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, devices, mounted, mobility);
    }

    /** The same container, which may be taken elsewhere or not. */
    public Container with(Mobility other) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, devices, secrets, other);
    }

    @Override
    public String label() {
        return "container " + name;
    }
}
