package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.rules.Copies;
import io.nationtech.harmony.rules.Finding;
import io.nationtech.harmony.rules.Graph;
import io.nationtech.harmony.rules.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A service publishes the port at which its node answers for names. */
public final class IngressPortTaken implements Rule {
    /** For {@link java.util.ServiceLoader}. */
    public IngressPortTaken() {}

    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<Port, HttpsUrl> taken = new HashMap<>();
        graph.all(Ingress.class).forEach(score -> {
            Ingress<?> ingress = score;
            taken.putIfAbsent(ingress.url().port(), ingress.url());
            if (ingress.url().isUsual()) {
                taken.putIfAbsent(HttpsUrl.PLAIN, ingress.url());
            }
        });
        return graph.copies().stream().flatMap(copies -> clashes(copies, taken));
    }

    private static Stream<Finding> clashes(Copies copies, Map<Port, HttpsUrl> taken) {
        return copies.ports()
                .filter(port -> port.equals(NodePort.tcp(port.port())))
                .flatMap(port -> Stream.ofNullable(taken.get(port.port()))
                        .map(url -> Finding.of(
                                "service '%s' publishes port %s of its nodes, where %s is answered; publish another: people reach the service by its name"
                                        .formatted(copies.name(), port, url),
                                copies.name(),
                                url.host())));
    }
}
