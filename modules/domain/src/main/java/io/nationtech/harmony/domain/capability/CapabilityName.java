package io.nationtech.harmony.domain.capability;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A capability's name where types cannot go: in what a node says of itself. The framework's own have short names, as in
 * {@code ContainerRuntime}; those of other modules have the interface's whole name, as in {@code com.example.cameras.Camera}, so that two
 * modules may each have a {@code Camera}.
 */
public record CapabilityName(String value) {
    private static final Pattern FORM = Pattern.compile("([a-zA-Z_]\\w*\\.)*[A-Z][\\w$]*");
    private static final int LONGEST = 256;
    private static final String OWN = Capability.class.getPackageName() + ".";

    public CapabilityName {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            throw new InvalidValueException(
                    "'%s' is not a capability's name, as in ContainerRuntime or com.example.cameras.Camera, of at most %d characters"
                            .formatted(value, LONGEST));
        }
    }

    /** The name of one capability. */
    public static CapabilityName of(Class<? extends Capability> capability) {
        String name = capability.getName();
        return new CapabilityName(name.startsWith(OWN) ? name.substring(OWN.length()) : name);
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
