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
final class Composite {
    private Composite() {}

    static void require(
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
