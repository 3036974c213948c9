package io.nationtech.harmony.podman;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A container under its name, and the one that is about to replace it, as far as there are such. */
record Pair(Optional<Listed> current, Optional<Listed> next) {

    static Pair of(List<Listed> all, String name) {
        return new Pair(named(all, name), named(all, PodmanArguments.nextName(name)));
    }

    private static Optional<Listed> named(List<Listed> all, String name) {
        return all.stream().filter(listed -> listed.name().equals(name)).findFirst();
    }

    /** The one that counts. */
    Optional<Listed> visible() {
        return current.or(() -> next);
    }

    List<String> names() {
        return Stream.of(current, next)
                .flatMap(Optional::stream)
                .map(Listed::name)
                .toList();
    }
}
