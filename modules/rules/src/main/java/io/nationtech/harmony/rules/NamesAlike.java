package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.ContainerService;
import java.util.stream.Stream;

/** Two services have names that a tired person takes for one. */
record NamesAlike() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return Twice.among(
                graph.services().stream(),
                NamesAlike::seen,
                (one, other) -> Finding.of(
                        "services '%s' and '%s' are hard to tell apart at night; rename one"
                                .formatted(one.name(), other.name()),
                        one.name(),
                        other.name()));
    }

    private static String seen(ContainerService service) {
        return service.name()
                .value()
                .replace("-", "")
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('i', 'l');
    }
}
