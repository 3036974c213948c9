package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.nats.identity.Login;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where this node's login is.
 *
 * @param given by whoever set the node up
 * @param own got in place of it, for a key that the node made itself
 */
record LoginFiles(Path given, Path own) {

    /** The one that was issued later; the given one when there is none that can be read, as people know of that. */
    Path newest() {
        return Stream.of(own, given)
                .filter(file -> issued(file).isPresent())
                .max(Comparator.comparing(file -> issued(file).orElse(Instant.EPOCH)))
                .orElse(given);
    }

    private static Optional<Instant> issued(Path file) {
        try (Login login = Login.readFile(file)) {
            return Optional.of(login.token().issued().orElse(Instant.EPOCH));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
