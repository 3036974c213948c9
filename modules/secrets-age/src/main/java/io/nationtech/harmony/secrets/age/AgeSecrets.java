package io.nationtech.harmony.secrets.age;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.EnvironmentName;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import io.nationtech.harmony.secrets.Stored;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The secrets of one environment in one file {@code <environment>.age}, encrypted for one or several recipients. The first put
 * makes the file, for the own key only; {@link #rotateKey} names others. Each write encrypts everything anew under a new
 * random data key and replaces the file as a whole, so that a crash leaves the old or the new one. Writers of several
 * processes wait for each other. Old files that someone kept stay readable for the keys of then: after a key was lost or a
 * person left, rotate the secrets' values too.
 */
public final class AgeSecrets implements Secrets {
    /** From when the first version of a secret counts, in seconds. */
    public static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long LARGEST_FILE = 1 << 26;

    private final StoreFile file;
    private final EnvironmentName environment;
    private final AgeIdentity identity;
    private final InstantSource clock;

    private AgeSecrets(StoreFile file, EnvironmentName environment, AgeIdentity identity, InstantSource clock) {
        this.file = file;
        this.environment = environment;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The store of an environment; nothing is read yet.
     *
     * @param folder where the files of all environments are; made by the first put
     * @param identity the key to read with; the store closes it
     */
    public static AgeSecrets open(Path folder, EnvironmentName environment, AgeIdentity identity) {
        return open(folder, environment, identity, InstantSource.system());
    }

    /**
     * The same by another clock. What is put first has the version 1 and the seconds from {@link #ORIGIN}: so versions of a store that
     * was lost and made anew, or of a secret that was deleted and set again, go on where no version was before, and nodes notice.
     */
    public static AgeSecrets open(Path folder, EnvironmentName environment, AgeIdentity identity, InstantSource clock) {
        return new AgeSecrets(StoreFile.at(folder.resolve(environment + ".age")), environment, identity, clock);
    }

    @Override
    public String place() {
        return file.path().toString();
    }

    @Override
    public SecretLookup get(SecretRef ref) {
        try (StoreContent content = read()) {
            StoreContent.Item item = content.items().get(ref);
            return item == null
                    ? new SecretLookup.Absent()
                    : new SecretLookup.Held(Secret.takeFrom(item.value().clone()), item.version());
        }
    }

    @Override
    public Stored put(SecretRef ref, Secret value, long expectedVersion) {
        return alone(content -> {
            StoreContent.Item newest = content.items().get(ref);
            if (expectedVersion != (newest == null ? 0 : newest.version())) {
                return new Stored.Conflict();
            }
            long version = newest == null ? first() : newest.version() + 1;
            content.items().put(ref, new StoreContent.Item(version, value.read(byte[]::clone)));
            write(content);
            return new Stored.At(version);
        });
    }

    private long first() {
        return 1 + Math.max(0, Duration.between(ORIGIN, clock.instant()).toSeconds());
    }

    @Override
    public List<SecretRef> list() {
        try (StoreContent content = read()) {
            return List.copyOf(content.items().keySet());
        }
    }

    /** The public keys that the file is encrypted for. */
    public SortedSet<RecipientKey> recipients() {
        try (StoreContent content = read()) {
            return new TreeSet<>(content.recipients());
        }
    }

    /**
     * Encrypts everything anew, under a new data key, for a successor and others and for nobody else. The same identity may
     * succeed itself, to add or remove others.
     *
     * @param successor the key to read with from now on, which may be the present one
     * @param others who else may read
     * @return the store as the successor sees it; this one may no longer be able to read
     * @throws SecretsUnavailableException when it cannot be read or written; it holds what it held before
     * @throws InvalidValueException when one of {@code others} is no age key
     */
    public AgeSecrets rotateKey(AgeIdentity successor, Set<RecipientKey> others) {
        return alone(content -> {
            content.recipients().clear();
            content.recipients().add(successor.recipient());
            content.recipients().addAll(others);
            write(content);
            return new AgeSecrets(file, environment, successor, clock);
        });
    }

    @Override
    public void close() {
        identity.close();
    }

    @Override
    public String toString() {
        return place();
    }

    private <T> T alone(Function<StoreContent, T> work) {
        try {
            Files.createDirectories(file.path().getParent());
            try (FileChannel lock = file.lock(TIMEOUT).orElseThrow(this::taken);
                    StoreContent content = read()) {
                assert lock.isOpen();
                return work.apply(content);
            }
        } catch (IOException e) {
            throw unavailable(
                    "the store cannot be locked: " + e.getMessage(), "give this user the right to write there");
        }
    }

    private void write(StoreContent content) {
        byte[] plain = content.format();
        try {
            file.write(AgeCipher.encrypt(plain, content.recipients()));
        } catch (IOException e) {
            throw unavailable(
                    "the store cannot be written: " + e.getMessage(),
                    "make room, or give this user the right to write there; it holds what it held before");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private StoreContent read() {
        byte[] encrypted = encrypted();
        if (encrypted.length == 0 && !Files.exists(file.path())) {
            return new StoreContent(environment, new TreeSet<>(Set.of(identity.recipient())));
        }
        return switch (AgeCipher.decrypt(encrypted, identity)) {
            case AgeCipher.Decrypted.Plain plain -> parsed(plain.bytes());
            case AgeCipher.Decrypted.NotForThisKey() ->
                throw unavailable(
                        "the key %s does not open the store of '%s'".formatted(identity, environment),
                        "name the key file of this environment, or let someone who can open it add this key: "
                                + "harmony secret rotate --recipient " + identity);
            case AgeCipher.Decrypted.Damaged(String how) ->
                throw unavailable(
                        "the store is damaged: " + how, "restore the file from its copy; nothing was changed");
            case AgeCipher.Decrypted.Newer() -> throw newer("the age format");
        };
    }

    private StoreContent parsed(byte[] plain) {
        try {
            return switch (StoreContent.parse(plain)) {
                case StoreContent.Parsed.Content(StoreContent content) -> ofThisEnvironment(content);
                case StoreContent.Parsed.Newer(String format) -> throw newer("format " + format);
                case StoreContent.Parsed.Malformed(int line) ->
                    throw unavailable(
                            "the store was not written by Harmony: line %d is not one of its own".formatted(line),
                            "restore the file from its copy; nothing was changed");
            };
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private StoreContent ofThisEnvironment(StoreContent content) {
        if (!content.environment().equals(environment)) {
            content.close();
            throw unavailable(
                    "the file has the secrets of '%s', not of '%s'".formatted(content.environment(), environment),
                    "put the files back under their names");
        }
        return content;
    }

    private byte[] encrypted() {
        try {
            if (!Files.exists(file.path())) {
                return new byte[0];
            }
            if (Files.size(file.path()) > LARGEST_FILE) {
                throw unavailable("the store has more than 64 MiB", "restore the file from its copy");
            }
            return Files.readAllBytes(file.path());
        } catch (IOException e) {
            throw unavailable("the store cannot be read: " + e.getMessage(), "give this user the right to read it");
        }
    }

    private SecretsUnavailableException taken() {
        return unavailable(
                "another process has been writing the store for more than %d s".formatted(TIMEOUT.toSeconds()),
                "end it, then try again");
    }

    private SecretsUnavailableException newer(String what) {
        return unavailable("the store was written by a newer Harmony (%s)".formatted(what), "update Harmony here");
    }

    private SecretsUnavailableException unavailable(String what, String next) {
        return new SecretsUnavailableException(new Cause(what, place(), next));
    }
}
