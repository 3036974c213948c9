package io.nationtech.harmony.domain;

import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.TopologyName;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
        requireNamesOfTheirOwn(name, parts);
    }

    private static void requireNamesOfTheirOwn(TopologyName name, List<Topology<?>> parts) {
        Set<TopologyName> taken = new HashSet<>(Set.of(name));
        parts.stream().flatMap(Composite::withParts).map(Topology::name).forEach(part -> {
            if (!taken.add(part)) {
                throw new InvalidValueException(
                        "topology '%s' has '%s' twice among itself and its parts; give each a name of its own"
                                .formatted(name, part));
            }
        });
    }

    /** A topology and all that it is made of. */
    private static Stream<Topology<?>> withParts(Topology<?> topology) {
        Stream<Topology<?>> parts = switch (topology) {
            case SiteTopology<?> _ -> Stream.of();
            case Failover<?> failover -> Stream.of(failover.primary(), failover.standby());
            case Replicated<?> replicated -> Stream.of(replicated.first(), replicated.second());
        };
        return Stream.concat(Stream.of(topology), parts.flatMap(Composite::withParts));
    }

    /** Else the outer one would turn away before the inner one has had its turn. */
    static void requireInnerFirst(TopologyName name, Topology<?> primary, TakeOver takeOver) {
        withParts(primary)
                .filter(Failover.class::isInstance)
                .map(Failover.class::cast)
                .filter(inner -> inner.takeOver().after().compareTo(takeOver.after()) >= 0)
                .findFirst()
                .ifPresent(inner -> {
                    throw new InvalidValueException(
                                    "failover '%s' takes over after %s, before its primary's own '%s' does after %s; take longer than that"
                                            .formatted(
                                                    name,
                                                    takeOver.after(),
                                                    inner.name(),
                                                    inner.takeOver().after()))
                            .about(takeOver);
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
