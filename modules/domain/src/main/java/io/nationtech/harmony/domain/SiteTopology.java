package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.hardware.NodeClass;
import io.nationtech.harmony.domain.hardware.NodeClassName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SiteName;
import io.nationtech.harmony.domain.value.TopologyName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        requireDistinct(name, sites);
        for (Machines some : machines) {
            if (!sites.contains(some.site())) {
                throw new InvalidValueException("machines '%s' stand at site '%s', which topology '%s' does not have"
                                .formatted(some.name(), some.site().name(), name))
                        .about(some);
            }
        }
        requireCountedOnce(name, machines);
    }

    private static void requireDistinct(TopologyName topology, List<Site> sites) {
        Set<Site> seen = new HashSet<>();
        for (Site site : sites) {
            if (!seen.add(site)) {
                throw new InvalidValueException("topology '%s' has site '%s' twice".formatted(topology, site.name()))
                        .about(site);
            }
        }
    }

    private static void requireCountedOnce(TopologyName topology, List<Machines> machines) {
        Map<NodeClassName, NodeClass> kinds = new HashMap<>();
        Set<List<Object>> counted = new HashSet<>();
        for (Machines some : machines) {
            if (!kinds.computeIfAbsent(some.name(), _ -> some.kind()).equals(some.kind())) {
                throw new InvalidValueException(
                                "topology '%s' has machines '%s' of two kinds of hardware; give one another name"
                                        .formatted(topology, some.name()))
                        .about(some);
            }
            if (!counted.add(List.of(some.name(), some.site(), some.failureDomain()))) {
                throw new InvalidValueException(
                                "topology '%s' counts machines '%s' in failure domain '%s' twice; say the count once"
                                        .formatted(topology, some.name(), some.failureDomain()))
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

    @Override
    public List<Topology<?>> madeOf() {
        return List.of();
    }

    @Override
    public Stream<SiteTopology<?>> leaves() {
        return Stream.of(this);
    }

    @Override
    public List<Inventory> parts(Inventory all) {
        Set<SiteName> names = sites.stream().map(Site::name).collect(Collectors.toSet());
        Set<CapabilityName> needed = capabilities();
        return List.of(all.where(node -> names.contains(node.info().location().site())
                && node.info().agent().capabilities().containsAll(needed)));
    }

    @Override
    public boolean movesWork() {
        return false;
    }
}
