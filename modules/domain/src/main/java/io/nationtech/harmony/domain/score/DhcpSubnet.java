package io.nationtech.harmony.domain.score;

import io.nationtech.harmony.domain.Expansion;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.DhcpServer;
import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.value.AddressRange;
import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.MacAddress;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the machines of a subnet get their addresses (RFC 2131).
 *
 * @param range what is given to whoever asks; within the subnet
 * @param gateway the router; within the subnet, outside the range
 * @param leases addresses that are kept for one machine each; within the subnet, outside the range, none twice
 */
public record DhcpSubnet(ServiceName name, Cidr subnet, AddressRange range, IpAddress gateway, List<StaticLease> leases)
        implements Score<DhcpServer>, NodeResource {
    public DhcpSubnet {
        leases = List.copyOf(leases);
        if (!subnet.contains(range)) {
            throw new InvalidValueException(
                            "DHCP range %s of '%s' is not within its subnet %s".formatted(range, name, subnet))
                    .about(range);
        }
        if (!subnet.contains(gateway)) {
            throw new InvalidValueException(
                            "gateway %s of '%s' is not within its subnet %s".formatted(gateway, name, subnet))
                    .about(gateway);
        }
        requireHosts(name, subnet, range, gateway);
        if (range.contains(gateway)) {
            throw new InvalidValueException(
                            "gateway %s of '%s' is within the range %s, so that some machine would be given it"
                                    .formatted(gateway, name, range))
                    .about(gateway);
        }
        requireApart(name, subnet, range, gateway, leases);
    }

    private static void requireHosts(ServiceName name, Cidr subnet, AddressRange range, IpAddress gateway) {
        if (!subnet.network().isOfMachines()) {
            throw new InvalidValueException(
                            "subnet %s of '%s' is not a network for hosts: it is multicast, loopback or reserved"
                                    .formatted(subnet, name))
                    .about(subnet);
        }
        if (!subnet.canHost(range.first()) || !subnet.canHost(range.last())) {
            throw new InvalidValueException(
                            "DHCP range %s of '%s' includes the first or last address of subnet %s, which no machine can have"
                                    .formatted(range, name, subnet))
                    .about(range);
        }
        if (!subnet.canHost(gateway)) {
            throw new InvalidValueException(
                            "gateway %s of '%s' is the first or last address of subnet %s, which no machine can have"
                                    .formatted(gateway, name, subnet))
                    .about(gateway);
        }
    }

    private static void requireApart(
            ServiceName name, Cidr subnet, AddressRange range, IpAddress gateway, List<StaticLease> leases) {
        Set<MacAddress> machines = new HashSet<>();
        Map<IpAddress, MacAddress> taken = new HashMap<>();
        for (StaticLease lease : leases) {
            if (!subnet.contains(lease.address())) {
                throw refused(lease, "%s is not within the subnet %s of '%s'", subnet, name);
            }
            if (!subnet.canHost(lease.address())) {
                throw refused(
                        lease, "%s is the first or last of subnet %s of '%s', which no machine can have", subnet, name);
            }
            if (range.contains(lease.address())) {
                throw refused(lease, "%s is within the range %s of '%s', which anybody may be given", range, name);
            }
            if (lease.address().equals(gateway)) {
                throw refused(lease, "%s is the gateway of subnet %s of '%s'", subnet, name);
            }
            MacAddress other = taken.putIfAbsent(lease.address(), lease.machine());
            if (other != null) {
                throw refused(lease, "%s is kept for %s as well, in '%s'", other, name);
            }
            if (!machines.add(lease.machine())) {
                throw refused(lease, "%s is the second for this machine in subnet %s of '%s'", subnet, name);
            }
        }
    }

    private static InvalidValueException refused(StaticLease lease, String why, Object other, ServiceName name) {
        String rule = why.formatted(lease.address(), other, name);
        return new InvalidValueException("static lease of %s: %s".formatted(lease.machine(), rule)).about(lease);
    }

    /** A subnet without static leases. */
    public static DhcpSubnet of(ServiceName name, Cidr subnet, AddressRange range, IpAddress gateway) {
        return new DhcpSubnet(name, subnet, range, gateway, List.of());
    }

    /** The same subnet with addresses kept for some machines. */
    public DhcpSubnet keeping(StaticLease first, StaticLease... others) {
        List<StaticLease> more =
                Stream.concat(Stream.of(first), Stream.of(others)).toList();
        return new DhcpSubnet(
                name,
                subnet,
                range,
                gateway,
                Stream.concat(leases.stream(), more.stream()).toList());
    }

    @Override
    public ResourceId id() {
        return new ResourceId(DhcpSubnetKind.NAME, ResourceName.of(name.value()));
    }

    @Override
    public DhcpSubnet named(ResourceName other) {
        return new DhcpSubnet(ServiceName.of(other.value()), subnet, range, gateway, leases);
    }

    @Override
    public Expansion expand(DeploymentName deployment, Inventory inventory) {
        return Anywhere.once(deployment, name, this);
    }
}
