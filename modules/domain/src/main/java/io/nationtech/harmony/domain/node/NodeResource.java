package io.nationtech.harmony.domain.node;

import io.nationtech.harmony.domain.hardware.DeviceGrant;
import io.nationtech.harmony.domain.placement.DataName;
import io.nationtech.harmony.domain.placement.Mobility;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node can be told to have: a record of plain data, which is its own form on the wire. Anyone may add one: with a
 * {@link ResourceKind} that authors, planners and nodes know, and a driver that makes it so on a node. Whoever handles resources asks
 * these questions and never what class it is.
 */
public interface NodeResource {

    /** Kind and name; unique on its node within a deployment. */
    ResourceId id();

    /** The same under another name. */
    NodeResource named(ResourceName name);

    /** What it takes of its node, so that nobody else gets that. */
    default Claim claim() {
        return Claim.NOTHING;
    }

    /** Data on the node's disk of which it keeps copies elsewhere. */
    default Set<DataName> saves() {
        return Set.of();
    }

    /** The service of which it is a copy, for others that like to be near it or away from it; empty when it is none. */
    default Optional<ServiceName> service() {
        return Optional.empty();
    }

    /**
     * The same, once its place is known.
     *
     * @param devices of its node that were given to it
     * @param mobility whether it may be taken elsewhere
     */
    default NodeResource placed(List<DeviceGrant> devices, Mobility mobility) {
        return this;
    }

    /**
     * The same, once all services of its deployment have their places: for what leads to them. Asked with every plan, so that only what
     * leads to a service changes when a replica of that moves.
     *
     * @param services of its deployment, in its part of the topology
     */
    default NodeResource leadingTo(ServiceReplicas services) {
        return this;
    }

    /** Whether it may be taken elsewhere. */
    default Mobility mobility() {
        return Mobility.MOVES;
    }

    /** Kind and name for people, as in {@code container web}. */
    default String label() {
        return id().toString();
    }
}
