package io.nationtech.harmony.graph;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.KindName;
import io.nationtech.harmony.domain.value.ResourceId;
import io.nationtech.harmony.domain.value.ResourceName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a deployment declares, in an order in which everything comes after what it is made of. */
public final class ResourceGraph {
    private final Map<ResourceId, Declared<?, ?>> declared;
    private final Map<KindName, Driver<?, ?>> drivers;

    /**
     * One declaration.
     *
     * @param previously names that the resource had before, newest first
     */
    record Declared<S extends Record, O>(
            ResourceId id, Driver<S, O> driver, Output<S> desired, Set<ResourceId> previously) {

        /** What comes first. */
        Set<ResourceId> after() {
            return desired.earlier();
        }

        /** What it is made of; comes first too. */
        Set<ResourceId> parts() {
            return desired.sources();
        }
    }

    private ResourceGraph(Map<ResourceId, Declared<?, ?>> declared, Map<KindName, Driver<?, ?>> drivers) {
        this.declared = declared;
        this.drivers = drivers;
    }

    /** Begins a graph. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many resources are declared. */
    public int size() {
        return declared.size();
    }

    Collection<Declared<?, ?>> declared() {
        return declared.values();
    }

    Optional<Declared<?, ?>> declared(ResourceId id) {
        return Optional.ofNullable(declared.get(id));
    }

    Optional<Driver<?, ?>> driver(KindName kind) {
        return Optional.ofNullable(drivers.get(kind));
    }

    /** Collects declarations. Not safe for use by several threads. */
    public static final class Builder {
        private final Map<ResourceId, Declared<?, ?>> declared = new LinkedHashMap<>();
        private final Map<KindName, Driver<?, ?>> drivers = new HashMap<>();

        private Builder() {}

        /** Makes a driver known even when nothing of its kind is declared any more, so that what is left can be deleted. */
        public Builder knows(Driver<?, ?> driver) {
            Driver<?, ?> known = drivers.putIfAbsent(driver.kind(), driver);
            if (known != null && !known.equals(driver)) {
                throw new InvalidValueException("two drivers for resources of kind '%s'".formatted(driver.kind()));
            }
            return this;
        }

        /**
         * Declares a resource.
         *
         * @param outputs the type of the driver's outputs
         * @param previously names that the resource had before: it is then moved, not replaced
         * @return what the resource turns out to be, for others to build on
         * @throws InvalidValueException when there is such a resource already
         */
        public <S extends Record, O> Output<O> add(
                Driver<S, O> driver,
                Class<O> outputs,
                ResourceName name,
                Output<S> desired,
                ResourceName... previously) {
            knows(driver);
            ResourceId id = new ResourceId(driver.kind(), name);
            Set<ResourceId> before = Stream.of(previously)
                    .map(old -> new ResourceId(driver.kind(), old))
                    .collect(Collectors.toUnmodifiableSet());
            if (declared.putIfAbsent(id, new Declared<>(id, driver, desired, before)) != null) {
                throw new InvalidValueException("%s is declared twice; give each a name of its own".formatted(id));
            }
            return Output.from(id, outputs);
        }

        /** Completes the graph. */
        public ResourceGraph build() {
            return new ResourceGraph(new LinkedHashMap<>(declared), Map.copyOf(drivers));
        }
    }
}
