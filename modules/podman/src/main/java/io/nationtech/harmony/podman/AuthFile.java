package io.nationtech.harmony.podman;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.capability.SecretValues;
import io.nationtech.harmony.domain.node.PullLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Logs podman in at one registry for one call: by a file in memory, for its user's eyes only, that is gone after the call (containers-auth.json(5)).
 * Podman's own logins stay as they are, and are not looked at. Safe for use by several threads.
 */
final class AuthFile {
    private static final int LONGEST = 4096;

    private final Optional<MemoryFolder> memory;
    private final String owner;
    private final ReentrantLock tidying = new ReentrantLock();
    private boolean isTidy;

    /**
     * @param owner the folder's name there: several nodes may share a machine
     */
    AuthFile(Optional<MemoryFolder> memory, String owner) {
        this.memory = memory;
        this.owner = owner;
    }

    /**
     * Calls with the words by which podman logs in; with none where there is no login.
     *
     * @param refusal of a value that cannot be had, or is no login
     */
    <T> T with(
            Optional<PullLogin> login,
            SecretValues secrets,
            Function<List<String>, T> call,
            Function<Cause, T> refusal) {
        if (login.isEmpty()) {
            return call.apply(List.of());
        }
        if (memory.isEmpty()) {
            return refusal.apply(MemoryFolder.nowhere());
        }
        MemoryFolder folder = memory.get();
        Path home = folder.root().resolve(owner);
        List<Path> written = new ArrayList<>();
        try {
            Optional<Cause> obstacle = folder.own(owner);
            if (obstacle.isEmpty()) {
                tidyOnce(home);
                obstacle = write(login.get(), secrets, home, written);
            }
            return obstacle.isPresent()
                    ? refusal.apply(obstacle.get())
                    : call.apply(List.of("--authfile", written.getFirst().toString()));
        } catch (UncheckedIOException | IOException e) {
            return refusal.apply(new Cause(
                    "the login of registry '%s' cannot be put in memory: %s"
                            .formatted(login.get().registry(), e.getMessage()),
                    home.toString(),
                    "look at `df -h` and the permissions there"));
        } finally {
            written.forEach(AuthFile::delete);
        }
    }

    private static Optional<Cause> write(PullLogin login, SecretValues secrets, Path home, List<Path> written)
            throws IOException {
        List<Cause> unfit = new ArrayList<>();
        // Before the value is there, so that it is deleted whatever happens.
        Path file = Files.createTempFile(home, "", ".json", MemoryFolder.OWNERS_FILE);
        written.add(file);
        Optional<Cause> missing = secrets.lend(login.secret(), value -> {
            Optional<String> encoded = encoded(value);
            if (encoded.isEmpty()) {
                unfit.add(unfit(login));
                return;
            }
            try {
                Files.writeString(
                        file, "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(login.registry(), encoded.get()));
                Files.setPosixFilePermissions(file, MemoryFolder.OWNERS_EYES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return missing.or(() -> unfit.stream().findFirst());
    }

    /** Empty when it is no user with a password. */
    private static Optional<String> encoded(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        int colon = text.indexOf(':');
        boolean isLogin = value.length <= LONGEST
                && colon > 0
                && colon < text.length() - 1
                && text.chars().noneMatch(Character::isISOControl);
        return isLogin
                ? Optional.of(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static Cause unfit(PullLogin login) {
        String secret = login.secret().ref().name();
        return new Cause(
                "secret '%s' is no login of a registry: it is not user:password in one line".formatted(secret),
                "the secret store",
                "set it so: `harmony secret set %s`, and deploy again".formatted(secret));
    }

    /** An agent that was killed while it fetched leaves one behind. Nobody writes one before these are gone. */
    private void tidyOnce(Path home) throws IOException {
        tidying.lock();
        try {
            if (!isTidy) {
                try (Stream<Path> left = Files.list(home)) {
                    left.forEach(AuthFile::delete);
                }
                isTidy = true;
            }
        } finally {
            tidying.unlock();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
