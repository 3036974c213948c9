package io.nationtech.harmony.rules;

import java.util.stream.Stream;

/** Two scores come to containers of one name, of which a node has one. */
record ContainerTwice() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        return Twice.among(
                graph.copies().stream(),
                copies -> copies.container().name(),
                (one, other) -> Finding.of(
                        "scores '%s' and '%s' both come to a container '%s', of which a node has one; rename one"
                                .formatted(
                                        one.score(),
                                        other.score(),
                                        one.container().name()),
                        one.score(),
                        other.score()));
    }
}
