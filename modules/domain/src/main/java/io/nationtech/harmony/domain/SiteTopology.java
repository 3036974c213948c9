package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nodes of some sites, all alike.
 *
 * @param sites where its nodes stand; at least one
 * @param machines which there are, all at these sites; empty when nothing is promised, so that nothing is checked against it
 */
public record SiteTopology<C extends Capability>(
        TopologyName name, Class<C> capabilitySet, List<Site> sites, List<Machines> machines) implements Topology<C> {
    public SiteTopology {
        sites = List.copyOf(sites);
        machines = List.copyOf(machines);
        if (sites.isEmpty()) {
            throw new InvalidValueException("topology '%s' has no site; name where its nodes stand".formatted(name));
        }
        for (Machines some : machines) {
            if (!sites.contains(some.site())) {
                throw new InvalidValueException("machines '%s' stand at site '%s', which topology '%s' does not have"
                                .formatted(some.name(), some.site().name(), name))
                        .about(some);
            }
        }
    }

    /** The same topology with the promise that these machines are there, and no others. */
    public SiteTopology<C> with(Machines first, Machines... others) {
        return new SiteTopology<>(
                name,
                capabilitySet,
                sites,
                Stream.concat(Stream.of(first), Stream.of(others)).toList());
    }
}
