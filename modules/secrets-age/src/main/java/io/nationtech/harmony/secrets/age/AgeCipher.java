package io.nationtech.harmony.secrets.age;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.secrets.RecipientKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The age format over arrays of bytes. Every encryption has a new random file key. */
final class AgeCipher {
    private static final byte[] ANY_VERSION = ascii("age-encryption.org/");
    private static final byte[] VERSION = ascii("age-encryption.org/v1\n");

    /** What came of decrypting. */
    sealed interface Decrypted {

        /** Every byte is as it was encrypted. Whoever asked zeroes the array. */
        final class Plain implements Decrypted {
            private final byte[] bytes;

            private Plain(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /** It is encrypted, but not for this key; or the part that names the keys was altered. */
        record NotForThisKey() implements Decrypted {}

        /** It is not what was encrypted. */
        record Damaged(String how) implements Decrypted {}

        /** It is of a later version of the format. */
        record Newer() implements Decrypted {}
    }

    private AgeCipher() {}

    /** @throws InvalidValueException when a recipient is not an X25519 key of age */
    static byte[] encrypt(byte[] plain, Collection<RecipientKey> recipients) {
        List<RecipientStanzaWriter> writers =
                recipients.stream().map(AgeCipher::writer).toList();
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        try (WritableByteChannel channel =
                new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(encrypted), writers)) {
            channel.write(ByteBuffer.wrap(plain));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has what age needs", e);
        }
        return encrypted.toByteArray();
    }

    static Decrypted decrypt(byte[] encrypted, AgeIdentity identity) {
        if (!begins(encrypted, VERSION)) {
            return withoutHeader(encrypted);
        }
        return identity.use(reader -> {
            byte[] plain = new byte[encrypted.length];
            ByteBuffer buffer = ByteBuffer.wrap(plain);
            try (ReadableByteChannel channel = new StandardDecryptingChannelFactory()
                    .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(encrypted)), List.of(reader))) {
                while (channel.read(buffer) >= 0) {
                    if (!buffer.hasRemaining()) {
                        break;
                    }
                }
                return new Decrypted.Plain(Arrays.copyOf(plain, buffer.position()));
            } catch (UnsupportedRecipientStanzaException e) {
                return new Decrypted.NotForThisKey();
            } catch (GeneralSecurityException | IOException | RuntimeException e) {
                // Jagged throws unchecked exceptions too for a header that was cut off or altered
                return new Decrypted.Damaged("it was altered or cut off");
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        });
    }

    private static Decrypted withoutHeader(byte[] encrypted) {
        if (encrypted.length < VERSION.length && begins(VERSION, encrypted)) {
            return new Decrypted.Damaged("it was cut off after %d bytes".formatted(encrypted.length));
        }
        return begins(encrypted, ANY_VERSION)
                ? new Decrypted.Newer()
                : new Decrypted.Damaged("it does not begin as an age file does");
    }

    private static RecipientStanzaWriter writer(RecipientKey recipient) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient.value());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidValueException(
                    "'%s' is no X25519 key of age: it begins with age1 and has 62 characters".formatted(recipient));
        }
    }

    private static boolean begins(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
