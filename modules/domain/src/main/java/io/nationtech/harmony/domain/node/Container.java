package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.ImageReference;
import io.nationtech.harmony.domain.value.Memory;
import java.util.Collection;
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
 * @param volumes that it keeps on its node, and that outlive it
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
        List<Volume> volumes,
        Mobility mobility)
        implements NodeResource {
    public Container {
        ports = List.copyOf(ports);
        devices = devices.stream().sorted().toList();
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
    }

    /** One that may use all that is kept for it, without devices, secrets and volumes. */
    public Container(
            ContainerName name,
            ImageReference image,
            List<PublishedPort> ports,
            Optional<HttpProbe> probe,
            Memory memoryLimit) {
        this(
                name,
                image,
                ports,
                probe,
                memoryLimit,
                Demand.of(memoryLimit),
                List.of(),
                List.of(),
                List.of(),
                Mobility.MOVES);
    }

    /** The containers among resources, in their order. */
    public static List<Container> among(Collection<? extends NodeResource> resources) {
        return resources.stream()
                .map(resource -> switch (resource) {
                    case Container container -> container;
                })
                .toList();
    }

    /** The same under another name. */
    public Container named(ContainerName other) {
        return new Container(other, image, ports, probe, memoryLimit, reserved, devices, secrets, volumes, mobility);
    }

    /** The same with these devices and no others. */
    public Container with(List<DeviceGrant> others) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, others, secrets, volumes, mobility);
    }

    /** The same, with this kept for it. */
    public Container reserving(Demand other) {
        return new Container(name, image, ports, probe, memoryLimit, other, devices, secrets, volumes, mobility);
    }

    /** The same container, which reads these secrets. */
    public Container reading(List<MountedSecret> mounted) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, devices, mounted, volumes, mobility);
    }

    /** The same container, which keeps these volumes. */
    public Container keeping(List<Volume> kept) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, devices, secrets, kept, mobility);
    }

    /** The same container, which may be taken elsewhere or not. */
    public Container with(Mobility other) {
        return new Container(name, image, ports, probe, memoryLimit, reserved, devices, secrets, volumes, other);
    }

    /** The same without what it is given beside its image: devices, secrets, volumes, a policy. Smoke tests name services so. */
    public Container bare() {
        return with(List.of()).reading(List.of()).keeping(List.of()).with(Mobility.MOVES);
    }

    @Override
    public String label() {
        return "container " + name;
    }
}
