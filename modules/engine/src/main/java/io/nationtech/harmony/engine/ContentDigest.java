package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.node.NodeResource;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.form.RecordForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        return sha256(Stream.concat(Stream.of(canonical(Rollout.class, terms)), content)
                .collect(Collectors.joining("\n")));
    }

    private static <T> String canonical(Class<T> type, Object value) {
        return RecordForm.of(type).canonical(type.cast(value));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
