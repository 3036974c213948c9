package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What there is: sites, and the capabilities of the nodes at them. The type parameter is the set of capabilities, declared as
 * an interface: {@code interface HomeLab extends ContainerRuntime, DnsServer {}}. Making a topology touches nothing.
 *
 * <p>A topology may be made of others: {@link Failover}, {@link Replicated}. Their capability sets are generated from sets that
 * bear {@link io.nationtech.harmony.domain.capability.CapabilitySet}.
 *
 * @param <C> the capability set; no object implements it
 */
public sealed interface Topology<C extends Capability> permits SiteTopology, Failover, Replicated {

    /** A topology of one or more sites. */
    static <C extends Capability> SiteTopology<C> of(
            TopologyName name, Class<C> capabilitySet, Site first, Site... others) {
        return new SiteTopology<>(
                name,
                capabilitySet,
                Stream.concat(Stream.of(first), Stream.of(others)).toList(),
                List.of());
    }

    /** What people call it. */
    TopologyName name();

    /** The capability set as a class. */
    Class<C> capabilitySet();

    /** Where its nodes stand; at least one. */
    List<Site> sites();

    /** The capabilities in the set. */
    default Set<CapabilityName> capabilities() {
        return CapabilityName.allOf(capabilitySet());
    }
}
