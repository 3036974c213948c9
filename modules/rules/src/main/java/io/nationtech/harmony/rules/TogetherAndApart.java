package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.placement.Affinity;
import io.nationtech.harmony.domain.placement.Scope;
import io.nationtech.harmony.domain.placement.ServiceRef;
import io.nationtech.harmony.domain.placement.Strength;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One service must be near another, which must be apart from it. */
record TogetherAndApart() implements Rule {
    private record Pair(ServiceRef one, ServiceRef other) {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<Pair, Scope> apart = new HashMap<>();
        graph.copies()
                .forEach(copies -> copies.workload().affinities().forEach(affinity -> {
                    if (affinity instanceof Affinity.Away(ServiceRef other, Scope scope, Strength.Required())) {
                        apart.merge(
                                new Pair(copies.workload().id().service(), other),
                                scope,
                                (one, wider) -> one.compareTo(wider) > 0 ? one : wider);
                    }
                }));
        return graph.copies().stream()
                .flatMap(copies -> copies.workload().affinities().stream()
                        .flatMap(affinity -> affinity
                                                instanceof
                                                Affinity.Near(ServiceRef other, Scope scope, Strength.Required())
                                        && isWithin(
                                                scope,
                                                apart.get(new Pair(
                                                        other,
                                                        copies.workload().id().service())))
                                ? Stream.of(told(copies, other))
                                : Stream.empty()));
    }

    /** What shares a node shares its failure domain and its site. */
    private static boolean isWithin(Scope together, @Nullable Scope apart) {
        return apart != null && together.compareTo(apart) <= 0;
    }

    private static Finding told(Copies copies, ServiceRef other) {
        return Finding.of(
                "service '%s' must be near '%s', which must be apart from it; drop one of the two"
                        .formatted(copies.name(), other.service()),
                copies.name(),
                other.service());
    }
}
