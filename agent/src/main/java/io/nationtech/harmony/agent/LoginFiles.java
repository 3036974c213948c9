package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.nats.identity.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where this node's login is. Which one counts is asked for each word that is read, so the files are read again only when one of them is another.
 * Safe for use by several threads.
 */
final class LoginFiles {
    private final Path given;
    private final Path own;
    /** Guarded by this. */
    private Optional<Chosen> chosen = Optional.empty();

    private record Chosen(List<Optional<FileTime>> asOf, Path newest) {}

    /**
     * @param given by whoever set the node up
     * @param own got in place of it, for a key that the node made itself
     */
    LoginFiles(Path given, Path own) {
        this.given = given;
        this.own = own;
    }

    Path own() {
        return own;
    }

    /** The one that was issued later; the given one when there is none that can be read, as people know of that. */
    synchronized Path newest() {
        List<Optional<FileTime>> asOf = List.of(modified(given), modified(own));
        Chosen now = chosen.filter(before -> before.asOf().equals(asOf)).orElseGet(() -> new Chosen(asOf, choose()));
        chosen = Optional.of(now);
        return now.newest();
    }

    private Path choose() {
        Optional<Instant> issued = issued(own);
        return issued.isPresent()
                        && issued(given).filter(issued.get()::isBefore).isEmpty()
                ? own
                : given;
    }

    private static Optional<Instant> issued(Path file) {
        try (Login login = Login.readFile(file)) {
            return Optional.of(login.token().issued().orElse(Instant.EPOCH));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileTime> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
