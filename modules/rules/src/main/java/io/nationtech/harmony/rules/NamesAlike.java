package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.value.ServiceName;
import java.util.stream.Stream;

/** Two services have names that a tired person takes for one. */
record NamesAlike() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return Twice.among(
                graph.copies().stream().map(Copies::name).distinct(),
                NamesAlike::seen,
                (one, other) -> Finding.of(
                        "services '%s' and '%s' are easily mistaken for each other (0/o, 1/l/i); rename one"
                                .formatted(one, other),
                        one,
                        other));
    }

    private static String seen(ServiceName service) {
        return service.value()
                .replace("-", "")
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('i', 'l');
    }
}
