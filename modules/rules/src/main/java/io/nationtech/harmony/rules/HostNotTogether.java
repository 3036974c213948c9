package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.Score;
import io.nationtech.harmony.domain.value.ServiceName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service is told the host name of another, waits for it or goes through it, and the two do not run together: elsewhere that name means nothing. */
record HostNotTogether() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return graph.scores().stream().flatMap(HostNotTogether::of);
    }

    private static Stream<Finding> of(Score<?> score) {
        List<? extends Score<?>> group = score.members().isEmpty() ? List.of(score) : score.members();
        Set<ServiceName> reachable = group.stream().map(Score::name).collect(Collectors.toCollection(HashSet::new));
        return group.stream()
                .flatMap(user -> user.reaches().stream()
                        .sorted()
                        .filter(used -> !reachable.contains(used))
                        .map(used -> Finding.of(
                                "service '%s' is told the host name of service '%s', waits for it or goes through it, and the two do not run together: name both in one Together.of(…), or tell it the address of a node"
                                        .formatted(user.name(), used),
                                user.name(),
                                used)));
    }
}
