package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Set;

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
    }

    /** A topology of one or more sites. */
    public static <C extends Capability> Topology<C> of(
            TopologyName name, Class<C> capabilitySet, Site first, Site... others) {
        return new Topology<>(
                name,
                capabilitySet,
                java.util.stream.Stream.concat(java.util.stream.Stream.of(first), java.util.Arrays.stream(others))
                        .toList());
    }

    /** The capabilities in the set. */
    public Set<CapabilityName> capabilities() {
        return CapabilityName.allOf(capabilitySet);
    }
}
