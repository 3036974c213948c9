package io.nationtech.harmony.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Two services run the same image at different versions. */
record ImageVersionsDiffer() implements Rule {
    @Override
    public Stream<Finding> findings(Graph graph) {
        Map<String, Copies> first = new HashMap<>();
        return graph.copies().stream().flatMap(service -> {
            Copies earlier = first.putIfAbsent(repository(service), service);
            return earlier == null
                            || earlier.container()
                                    .image()
                                    .equals(service.container().image())
                    ? Stream.empty()
                    : Stream.of(told(earlier, service));
        });
    }

    private static Finding told(Copies one, Copies other) {
        return Finding.of(
                "services '%s' and '%s' run one image at two versions: %s and %s; make it one, or @Allow it"
                        .formatted(
                                one.name(),
                                other.name(),
                                one.container().image(),
                                other.container().image()),
                one.name(),
                other.name());
    }

    /** The reference without tag and digest; a colon before the last slash is of the registry's port. */
    private static String repository(Copies service) {
        return service.container().image().value().replaceFirst("(:[^:/@]+)?(@.*)?$", "");
    }
}
