package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.node.Container;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.node.PublishedPort;
import io.nationtech.harmony.domain.value.Port;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What resources take of their node.
 *
 * @param cpuMillis thousandths of a logical processor
 * @param memory in bytes
 */
record Claim(long cpuMillis, long memory, Set<Port> ports, List<DeviceGrant> devices) {
    static final Claim NOTHING = of(List.of());

    Claim {
        ports = Set.copyOf(ports);
        devices = List.copyOf(devices);
    }

    static Claim of(Collection<? extends NodeResource> resources) {
        List<Container> containers = Container.among(resources);
        return new Claim(
                containers.stream()
                        .mapToLong(one -> one.reserved().cpu().millis())
                        .sum(),
                containers.stream()
                        .mapToLong(one -> one.reserved().memory().bytes())
                        .sum(),
                containers.stream()
                        .flatMap(one -> one.ports().stream())
                        .map(PublishedPort::node)
                        .collect(Collectors.toSet()),
                containers.stream().flatMap(one -> one.devices().stream()).toList());
    }

    /** Whether nobody loses anything when this is put in place of that. */
    boolean isWithin(Claim before) {
        return cpuMillis <= before.cpuMillis
                && memory <= before.memory
                && before.ports.containsAll(ports)
                && newDevices(before).isEmpty();
    }

    /** Devices that this has and that has not, or of which this has another part. */
    List<DeviceGrant> newDevices(Claim before) {
        return devices.stream()
                .filter(device -> !before.devices.contains(device))
                .toList();
    }

    boolean has(DeviceGrant device) {
        return devices.stream().anyMatch(own -> own.path().equals(device.path()));
    }

    /** What is taken of a device where bytes are counted. */
    long bytesOf(DeviceGrant device) {
        return devices.stream()
                .filter(own -> own.path().equals(device.path()))
                .mapToLong(DeviceGrant::bytes)
                .sum();
    }
}
