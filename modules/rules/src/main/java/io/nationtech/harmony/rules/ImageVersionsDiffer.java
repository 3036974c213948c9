package io.nationtech.harmony.rules;

import io.nationtech.harmony.domain.score.ContainerService;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Two services run the same image at different versions. */
record ImageVersionsDiffer() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<String, ContainerService> first = new HashMap<>();
        return graph.services().stream().flatMap(service -> {
            ContainerService earlier = first.putIfAbsent(repository(service), service);
            return earlier == null || earlier.image().equals(service.image())
                    ? Stream.empty()
                    : Stream.of(told(earlier, service));
        });
    }

    private static Finding told(ContainerService one, ContainerService other) {
        return Finding.of(
                "services '%s' and '%s' run one image at two versions: %s and %s; make it one, or @Allow it"
                        .formatted(one.name(), other.name(), one.image(), other.image()),
                one.name(),
                other.name());
    }

    /** The reference without tag and digest; a colon before the last slash is of the registry's port. */
    private static String repository(ContainerService service) {
        return service.image().value().replaceFirst("(:[^:/@]+)?(@.*)?$", "");
    }
}
