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
 * <p>A topology may be made of others, as {@link Failover} and {@link Replicated} are. Whoever invents another way writes a record that
 * answers these questions and requires in its constructor what {@link Composite#require} does, and declares by hand the sets of
 * capabilities that it keeps: the compiler makes those of {@code Failover} and {@code Replicated} only, from sets that bear
 * {@link io.nationtech.harmony.domain.capability.CapabilitySet}.
 *
 * @param <C> the capability set; no object implements it
 */
public interface Topology<C extends Capability> {

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

    /** The topologies that it is made of, each once; in the end these are topologies of sites. */
    List<Topology<?>> madeOf();

    /**
     * The nodes on which scores may run now, apart where each score runs more than once: once in each part. Pure: the same inventory
     * gives the same answer.
     *
     * @param all the nodes of the mesh
     */
    List<Inventory> parts(Inventory all);

    /** Whether the nodes on which scores may run are others at another time, so that work may run again elsewhere. */
    boolean movesWork();

    /** The topologies of sites that it comes down to, in order. */
    default Stream<SiteTopology<?>> leaves() {
        return madeOf().stream().flatMap(Topology::leaves);
    }

    /** Itself and all that it is made of. */
    default Stream<Topology<?>> withParts() {
        return Stream.concat(Stream.of(this), madeOf().stream().flatMap(Topology::withParts));
    }

    /** Where its nodes stand; at least one. */
    default List<Site> sites() {
        return leaves().flatMap(leaf -> leaf.sites().stream()).toList();
    }

    /** The capabilities in the set. */
    default Set<CapabilityName> capabilities() {
        return CapabilityName.allOf(capabilitySet());
    }
}
