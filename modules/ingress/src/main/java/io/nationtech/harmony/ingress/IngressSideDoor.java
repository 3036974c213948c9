package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.ServiceName;
import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A service that asks for a login at one name is open to everybody at another. */
public final class IngressSideDoor implements Rule {
    /** For {@link java.util.ServiceLoader}. */
    public IngressSideDoor() {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<ServiceName, HttpsUrl> asking = new HashMap<>();
        Set<HttpsUrl> guarded = new HashSet<>();
        graph.all(GuardedIngress.class).forEach(score -> {
            GuardedIngress<?> ingress = score;
            guarded.add(ingress.url());
            asking.putIfAbsent(ingress.ingress().to().name(), ingress.url());
        });
        return graph.all(Ingress.class).flatMap(score -> {
            Ingress<?> ingress = score;
            return guarded.contains(ingress.url())
                    ? Stream.empty()
                    : Stream.ofNullable(asking.get(ingress.to().name()))
                            .map(front -> Finding.of(
                                    "service '%s' asks for a login at %s and nobody at %s; guard both, or let one go"
                                            .formatted(ingress.to().name(), front, ingress.url()),
                                    ingress.url().host(),
                                    front.host()));
        });
    }
}
