package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.capability.Capability;
import io.nationtech.harmony.domain.capability.CapabilityName;
import io.nationtech.harmony.domain.score.Extended;
import io.nationtech.harmony.domain.score.Extension;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A score needs a capability that the topology does not have. The types say so already; they are silent where a raw type or an
 * unchecked cast came between.
 */
record CapabilityMissing() implements Rule {
    private static final ClassValue<Set<CapabilityName>> NEEDED = new ClassValue<>() {
        @Override
        protected Set<CapabilityName> computeValue(Class<?> type) {
            return needed(type)
                    .flatMap(set -> CapabilityName.allOf(set).stream())
                    .collect(Collectors.toUnmodifiableSet());
        }
    };

    @Override
    public Stream<Finding> findings(Graph graph) {
        Set<CapabilityName> there = graph.topology().capabilities();
        return graph.scores().stream()
                .flatMap(score -> lacking(score, there)
                        .map(missing -> Finding.of(
                                "score '%s' needs capability %s, which topology '%s' does not have; a raw type or a cast hid it from the compiler"
                                        .formatted(
                                                score.name(),
                                                missing,
                                                graph.topology().name()),
                                score.name(),
                                graph.topology().name())));
    }

    private static Stream<CapabilityName> lacking(Score<?> score, Set<CapabilityName> there) {
        return declaring(score)
                .flatMap(type -> NEEDED.get(type).stream())
                .distinct()
                .filter(Predicate.not(there::contains))
                .sorted(Comparator.comparing(CapabilityName::value));
    }

    /** The classes that say what a score needs: its own, and of what it is extended by and made of. */
    private static Stream<Class<?>> declaring(Score<?> score) {
        Stream<Class<?>> own = score instanceof Extended<?>(Score<?> _, Extension<?> more)
                ? Stream.of(more.getClass())
                : Stream.of(score.getClass());
        return Stream.concat(own, score.madeOf().stream().flatMap(CapabilityMissing::declaring));
    }

    /** What stands between the angle brackets of {@code Score} or {@code Extension}, in the class or in what it extends. */
    private static Stream<Class<? extends Capability>> needed(Class<?> type) {
        Stream<Type> parents =
                Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()));
        return parents.flatMap(parent -> switch (parent) {
            case ParameterizedType made
            when made.getRawType() == Score.class || made.getRawType() == Extension.class ->
                sets(made.getActualTypeArguments()[0]);
            case ParameterizedType made -> needed((Class<?>) made.getRawType());
            case Class<?> plain -> needed(plain);
            default -> Stream.empty();
        });
    }

    private static Stream<Class<? extends Capability>> sets(Type set) {
        return switch (set) {
            case Class<?> plain
            when Capability.class.isAssignableFrom(plain) -> Stream.of(plain.asSubclass(Capability.class));
            case TypeVariable<?> variable -> Stream.of(variable.getBounds()).flatMap(CapabilityMissing::sets);
            default -> Stream.empty();
        };
    }
}
