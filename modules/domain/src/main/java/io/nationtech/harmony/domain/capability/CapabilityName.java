package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A capability's name where types cannot go: in what a node says of itself. It is the interface's simple name. */
public record CapabilityName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

    public CapabilityName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("'%s' is not a capability's name, as in ContainerRuntime".formatted(value));
        }
    }

    /** The name of one capability. */
    public static CapabilityName of(Class<? extends Capability> capability) {
        return new CapabilityName(capability.getSimpleName());
    }

    /** The names of all capabilities in a set. */
    public static Set<CapabilityName> allOf(Class<? extends Capability> set) {
        return membersOf(set).stream().map(CapabilityName::of).collect(Collectors.toUnmodifiableSet());
    }

    /** The capabilities in a set: the interfaces that extend {@link Capability} directly. */
    public static Set<Class<? extends Capability>> membersOf(Class<? extends Capability> set) {
        return direct(set).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Class<? extends Capability>> direct(Class<? extends Capability> type) {
        if (Set.of(type.getInterfaces()).contains(Capability.class)) {
            return Stream.of(type);
        }
        return Stream.of(type.getInterfaces())
                .filter(Capability.class::isAssignableFrom)
                .flatMap(parent -> direct(parent.asSubclass(Capability.class)));
    }

    @Override
    public String toString() {
        return value;
    }
}
