package io.nationtech.harmony.secrets.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.DestroyFailedException;

/**
 * A private key and its public one (age X25519). On disk it is what {@code age-keygen} writes, readable by its owner only, so
 * that {@code age} itself can open everything that Harmony wrote. Safe for use by several threads.
 */
public final class AgeIdentity implements AutoCloseable {
    private static final String PREFIX = "AGE-SECRET-KEY-1";
    private static final String ALGORITHM = "X25519";
    private static final int LARGEST_FILE = 1 << 14;
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Secret key;
    private final RecipientKey recipient;

    private AgeIdentity(Secret key, RecipientKey recipient) {
        this.key = key;
        this.recipient = recipient;
    }

    /** A new key from the platform's secure random numbers. */
    public static AgeIdentity generate() {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            RecipientKey recipient =
                    RecipientKey.of(new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII));
            AgeIdentity identity =
                    new AgeIdentity(Secret.takeFrom(pair.getPrivate().getEncoded()), recipient);
            pair.getPrivate().destroy();
            return identity;
        } catch (GeneralSecurityException | DestroyFailedException e) {
            throw new IllegalStateException("every Java platform has X25519", e);
        }
    }

    /**
     * Reads the first key of a file in the form of {@code age-keygen}.
     *
     * @throws SecretsUnavailableException when there is no such file, others may read it, or it has no valid key
     */
    public static AgeIdentity read(Path file) {
        byte[] content = contentOf(file);
        try {
            return of(keyIn(content, file), file);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * The identity of that private key, as {@link #text} gives it.
     *
     * @param key stays its owner's
     * @throws InvalidValueException when it is none; it is not repeated
     */
    public static AgeIdentity of(Secret key) {
        Secret own = Secret.takeFrom(key.read(byte[]::clone));
        try {
            return new AgeIdentity(own, own.read(AgeIdentity::publicKey));
        } catch (IllegalArgumentException e) {
            own.close();
            throw new InvalidValueException("it is no private key of age, or damaged");
        }
    }

    /** The private key, for whoever keeps it in a store of secrets; to be closed. */
    public Secret text() {
        return Secret.takeFrom(key.read(byte[]::clone));
    }

    /**
     * Writes a new file that its owner only can read.
     *
     * @throws SecretsUnavailableException when there is one already, or it cannot be written
     */
    public void writeTo(Path file) {
        byte[] content = key.read(this::fileOf);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, DurableFile.OWNER_ONLY);
            DurableFile.replacePrivate(file, content);
        } catch (FileAlreadyExistsException e) {
            throw unavailable(
                    "there is a key already", file, "keep it, or choose another name: a lost key cannot be remade");
        } catch (IOException e) {
            throw unavailable(
                    "the new key cannot be written: " + e.getMessage(),
                    file,
                    "give this user the right to write there");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private byte[] fileOf(byte[] privateKey) {
        byte[] comment = "# public key: %s\n".formatted(recipient).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(comment.length + privateKey.length + 1)
                .put(comment)
                .put(privateKey)
                .put((byte) '\n')
                .array();
    }

    /** The public key: whoever has it can encrypt for this identity. */
    public RecipientKey recipient() {
        return recipient;
    }

    /** Whatever needs the private key gets it for the time of one call. */
    <T> T use(Function<RecipientStanzaReader, T> user) {
        return key.read(bytes -> {
            char[] characters = new char[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                characters[i] = (char) bytes[i];
            }
            try {
                return user.apply(
                        X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(CharBuffer.wrap(characters)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a key that was valid when it was read is not any more");
            } finally {
                Arrays.fill(characters, '\0');
            }
        });
    }

    /** Overwrites the private key. */
    @Override
    public void close() {
        key.close();
    }

    /** The public key; the private one is never shown. */
    @Override
    public String toString() {
        return recipient.toString();
    }

    private static AgeIdentity of(byte[] key, Path file) {
        Secret secret = Secret.takeFrom(key);
        try {
            return new AgeIdentity(secret, secret.read(AgeIdentity::publicKey));
        } catch (IllegalArgumentException e) {
            secret.close();
            throw unavailable(
                    "the key is damaged: its checksum or length is wrong",
                    file,
                    "restore the file from its copy; a new key opens nothing that was encrypted for the old one");
        }
    }

    /** Jagged's complaint is dropped: it may quote the key. */
    private static RecipientKey publicKey(byte[] key) {
        try {
            byte[] encoded = new X25519KeyFactory()
                    .translateKey(new SecretKeySpec(key, ALGORITHM))
                    .getEncoded();
            return RecipientKey.of(new String(encoded, StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("no valid key");
        }
    }

    private static byte[] contentOf(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw unavailable(
                        "there is no key file", file, "make one with: harmony secret key new, or name another");
            }
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw unavailable("others may read the private key", file, "run: chmod 600 " + file);
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw unavailable(
                        "this is not a key file: it has more than 16 KiB", file, "name the file of age-keygen");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unavailable("the key cannot be read: " + e.getMessage(), file, "give this user the right to read it");
        }
    }

    private static byte[] keyIn(byte[] content, Path file) {
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n' && content[end] != '\r') {
                end++;
            }
            if (startsWith(content, start, end)) {
                return Arrays.copyOfRange(content, start, end);
            }
            start = end + 1;
        }
        throw unavailable("the file has no line that begins with " + PREFIX, file, "name the file of age-keygen");
    }

    private static boolean startsWith(byte[] content, int start, int end) {
        byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
        return end - start > prefix.length
                && Arrays.equals(content, start, start + prefix.length, prefix, 0, prefix.length);
    }

    private static SecretsUnavailableException unavailable(String what, Path file, String next) {
        return new SecretsUnavailableException(new Cause(what, file.toString(), next));
    }
}
