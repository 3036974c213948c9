package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.TopologyName;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for a topology made of others, also where its capability set was written by hand. */
public final class Composite {
    private Composite() {}

    /**
     * To be called by the constructor of such a topology.
     *
     * @param composable what every capability of the set must be marked with, as with {@link
     *     io.nationtech.harmony.domain.capability.FailsOver}
     * @param capabilitySet what the topology says that it has; each part must have all of it
     * @param parts with names of their own, and no site in two of them
     * @throws InvalidValueException when one of these does not hold
     */
    public static void require(
            TopologyName name,
            Class<? extends Annotation> composable,
            Class<? extends Capability> capabilitySet,
            List<Topology<?>> parts) {
        for (Class<? extends Capability> capability : CapabilityName.membersOf(capabilitySet)) {
            if (!capability.isAnnotationPresent(composable)) {
                throw new InvalidValueException("topology '%s' cannot have %s: the capability is not @%s"
                        .formatted(name, CapabilityName.of(capability), composable.getSimpleName()));
            }
            for (Topology<?> part : parts) {
                if (!part.capabilities().contains(CapabilityName.of(capability))) {
                    throw new InvalidValueException("topology '%s' cannot have %s, as its part '%s' has not"
                            .formatted(name, CapabilityName.of(capability), part.name()));
                }
            }
        }
        requireApart(name, parts);
        requireNamesOfTheirOwn(name, parts);
    }

    private static void requireNamesOfTheirOwn(TopologyName name, List<Topology<?>> parts) {
        Set<TopologyName> taken = new HashSet<>(Set.of(name));
        parts.stream().flatMap(Topology::withParts).map(Topology::name).forEach(part -> {
            if (!taken.add(part)) {
                throw new InvalidValueException(
                        "topology '%s' has '%s' twice among itself and its parts; give each a name of its own"
                                .formatted(name, part));
            }
        });
    }

    private static void requireApart(TopologyName name, List<Topology<?>> parts) {
        Set<Site> taken = new HashSet<>();
        for (Topology<?> part : parts) {
            for (Site site : part.sites()) {
                if (!taken.add(site)) {
                    throw new InvalidValueException(
                            "topology '%s' has site '%s' in two of its parts; what happens to the site happens to both"
                                    .formatted(name, site.name()));
                }
            }
        }
    }
}
