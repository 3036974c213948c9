package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Demand;
import io.nationtech.harmony.domain.value.CpuShare;
import io.nationtech.harmony.domain.value.Memory;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.ShareName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What resources take of their node.
 *
 * @param cpuMillis thousandths of a logical processor that are kept for them
 * @param memory that is kept for them, in bytes
 * @param ports of the node's address, each for them alone
 * @param sharedPorts of the node's address, which one program serves for all that claim them so, as a proxy does for names
 * @param devices of the node
 * @param volumes on the node's disk, which outlive them
 * @param secrets that are brought to the node for them
 * @param shares that the node must have, and which they use beside others
 */
public record Claim(
        long cpuMillis,
        long memory,
        Set<NodePort> ports,
        Set<NodePort> sharedPorts,
        List<DeviceGrant> devices,
        Set<DataName> volumes,
        Set<MountedSecret> secrets,
        Set<ShareName> shares) {
    /** Of what takes nothing. */
    public static final Claim NOTHING = new Claim(0, 0, Set.of(), Set.of(), List.of(), Set.of(), Set.of(), Set.of());

    public Claim {
        ports = Set.copyOf(ports);
        sharedPorts = Set.copyOf(sharedPorts);
        devices = List.copyOf(devices);
        volumes = Set.copyOf(volumes);
        secrets = Set.copyOf(secrets);
        shares = Set.copyOf(shares);
    }

    /** Of what takes room alone. */
    public static Claim of(Demand room) {
        return new Claim(
                room.cpu().millis(),
                room.memory().bytes(),
                Set.of(),
                Set.of(),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of());
    }

    /** Of all of these together. */
    public static Claim of(Collection<? extends NodeResource> resources) {
        return resources.stream().map(NodeResource::claim).reduce(NOTHING, Claim::and);
    }

    /** Both together. */
    public Claim and(Claim other) {
        return new Claim(
                cpuMillis + other.cpuMillis,
                memory + other.memory,
                union(ports, other.ports),
                union(sharedPorts, other.sharedPorts),
                concat(devices, other.devices),
                union(volumes, other.volumes),
                union(secrets, other.secrets),
                union(shares, other.shares));
    }

    /** The same with just these ports. */
    public Claim ports(Collection<NodePort> others) {
        return new Claim(cpuMillis, memory, Set.copyOf(others), sharedPorts, devices, volumes, secrets, shares);
    }

    /** The same with just these ports, which others may claim so too. */
    public Claim sharedPorts(Collection<NodePort> others) {
        return new Claim(cpuMillis, memory, ports, Set.copyOf(others), devices, volumes, secrets, shares);
    }

    /** The same with just these devices. */
    public Claim devices(List<DeviceGrant> others) {
        return new Claim(cpuMillis, memory, ports, sharedPorts, others, volumes, secrets, shares);
    }

    /** The same with just these volumes. */
    public Claim volumes(Collection<DataName> others) {
        return new Claim(cpuMillis, memory, ports, sharedPorts, devices, Set.copyOf(others), secrets, shares);
    }

    /** The same with just these secrets. */
    public Claim secrets(Collection<MountedSecret> others) {
        return new Claim(cpuMillis, memory, ports, sharedPorts, devices, volumes, Set.copyOf(others), shares);
    }

    /** The same with just these shares. */
    public Claim shares(Collection<ShareName> others) {
        return new Claim(cpuMillis, memory, ports, sharedPorts, devices, volumes, secrets, Set.copyOf(others));
    }

    /** The room of it, for placement; at least the least that there is. */
    public Demand demand() {
        return new Demand(
                CpuShare.millis(Math.toIntExact(Math.max(1, cpuMillis))), Memory.ofBytes(Math.max(1, memory)));
    }

    /** Whether nobody else loses room, a port or a device when this is put in place of that. */
    public boolean isWithin(Claim before) {
        return cpuMillis <= before.cpuMillis
                && memory <= before.memory
                && before.ports.containsAll(ports)
                && before.sharedPorts.containsAll(sharedPorts)
                && newDevices(before).isEmpty();
    }

    /** Devices that this has and that has not, or of which this has another part. */
    public List<DeviceGrant> newDevices(Claim before) {
        return devices.stream()
                .filter(device -> !before.devices.contains(device))
                .toList();
    }

    /** Whether it has that device or a part of it. */
    public boolean has(DeviceGrant device) {
        return devices.stream().anyMatch(own -> own.path().equals(device.path()));
    }

    /** What is taken of a device where bytes are counted. */
    public long bytesOf(DeviceGrant device) {
        return devices.stream()
                .filter(own -> own.path().equals(device.path()))
                .mapToLong(DeviceGrant::bytes)
                .sum();
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static <T> List<T> concat(List<T> one, List<T> other) {
        List<T> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }
}
