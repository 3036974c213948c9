package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is: sites, and the capabilities of every node at them. The type parameter is the set of capabilities, declared as
 * an interface: {@code interface HomeLab extends ContainerRuntime, DnsServer {}}. Making a topology touches nothing.
 *
 * @param <C> the capability set
 * @param sites where its nodes stand; at least one
 */
public record Topology<C extends Capability>(TopologyName name, Class<C> capabilitySet, List<Site> sites) {
    public Topology {
        sites = List.copyOf(sites);
        if (sites.isEmpty()) {
            throw new InvalidValueException("topology '%s' has no site; name where its nodes stand".formatted(name));
        }
    }

    /** A topology of one or more sites. */
    public static <C extends Capability> Topology<C> of(
            TopologyName name, Class<C> capabilitySet, Site first, Site... others) {
        return new Topology<>(
                name,
                capabilitySet,
                Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }

    /** The capabilities in the set. */
    public Set<CapabilityName> capabilities() {
        return CapabilityName.allOf(capabilitySet);
    }
}
