package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;

/**
 * The nodes of some sites, all alike.
 *
 * @param sites where its nodes stand; at least one
 */
public record SiteTopology<C extends Capability>(TopologyName name, Class<C> capabilitySet, List<Site> sites)
        implements Topology<C> {
    public SiteTopology {
        sites = List.copyOf(sites);
        if (sites.isEmpty()) {
            throw new InvalidValueException("topology '%s' has no site; name where its nodes stand".formatted(name));
        }
    }
}
