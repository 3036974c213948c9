package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.form.RecordForm;
import io.nationtech.harmony.form.Sha256;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether two rollouts mean the same, wherever it is placed. */
final class ContentDigest {
    private ContentDigest() {}

    /** SHA-256 in hex, the same in every process. */
    static String of(List<NodeResource> resources, Rollout terms) {
        Stream<String> content = resources.stream()
                .map(resource -> resource.id() + " " + canonical(resource.getClass(), resource))
                .sorted();
        return Sha256.hex(Stream.concat(Stream.of(canonical(Rollout.class, terms)), content)
                .collect(Collectors.joining("\n")));
    }

    private static <T> String canonical(Class<T> type, Object value) {
        return RecordForm.of(type).canonical(type.cast(value));
    }
}
