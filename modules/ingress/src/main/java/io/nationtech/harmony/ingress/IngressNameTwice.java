package io.nationtech.harmony.ingress;

import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One name leads to two services: people get one or the other. */
public final class IngressNameTwice implements Rule {
    /** For {@link java.util.ServiceLoader}. */
    public IngressNameTwice() {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<HttpsUrl, Ingress<?>> first = new HashMap<>();
        return graph.all(Ingress.class).flatMap(score -> {
            Ingress<?> ingress = score;
            return Optional.<Ingress<?>>ofNullable(first.putIfAbsent(ingress.url(), ingress))
                    .map(earlier -> Finding.of(
                            "%s leads to service '%s' and to service '%s'; give one another name"
                                    .formatted(
                                            ingress.url(),
                                            earlier.to().name(),
                                            ingress.to().name()),
                            ingress.url().host()))
                    .stream();
        });
    }
}
