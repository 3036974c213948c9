package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.secrets.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A private key of Ed25519 (RFC 8032) and its public one: what NATS calls an nkey. The private one is what {@code nk -gen} writes as a seed, so
 * NATS' own tools take it. To be closed. Safe for use by several threads.
 */
public final class KeyPair implements AutoCloseable {
    static final String ALGORITHM = "Ed25519";

    private final Secret seed;
    private final PublicKey publicKey;

    private KeyPair(Secret seed, PublicKey publicKey) {
        this.seed = seed;
        this.publicKey = publicKey;
    }

    /** A new one, of the platform's secure chance. */
    public static KeyPair generate(KeyKind kind) {
        byte[] bytes = new byte[KeyText.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(kind, bytes);
    }

    /**
     * The pair of a seed, which stays its owner's.
     *
     * @throws InvalidValueException when it is none; the message does not repeat it
     */
    public static KeyPair ofSeed(Secret seed) {
        return seed.read(
                text -> Stream.of(KeyKind.values())
                        .flatMap(kind ->
                                KeyText.keyIn(text, kind.seedPrefix()).stream().map(bytes -> of(kind, bytes)))
                        .findFirst()
                        .orElseThrow(
                                () -> new InvalidValueException(
                                        "that is no seed of NATS: 58 capitals and digits, beginning with SO, SA or SU, none of them changed")));
    }

    /** Overwrites the bytes. */
    private static KeyPair of(KeyKind kind, byte[] bytes) {
        try {
            PublicKey publicKey = PublicKey.of(kind, publicBytes(bytes));
            return new KeyPair(Secret.takeFrom(KeyText.of(kind.seedPrefix(), bytes)), publicKey);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The JDK has no other way from a private key to its public one than to generate both; chance is what is known here. */
    private static byte[] publicBytes(byte[] privateBytes) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new Known(privateBytes));
            java.security.KeyPair pair = generator.generateKeyPair();
            if (!(pair.getPrivate() instanceof EdECPrivateKey made)
                    || !Arrays.equals(privateBytes, made.getBytes().orElseThrow())) {
                throw new IllegalStateException("this Java generates keys of Ed25519 from something else");
            }
            byte[] encoded = pair.getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - KeyText.KEY_BYTES, encoded.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /** Gives what is known instead of chance. */
    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // never written
        private final byte[] known;

        Known(byte[] known) {
            this.known = known;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(known, 0, bytes, 0, bytes.length);
        }
    }

    /** The key that others know this one by. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The private key as NATS writes it, for whoever keeps it; it ends with this pair. */
    public Secret seed() {
        return seed;
    }

    /** Signs: a signature of 64 bytes. */
    public byte[] sign(byte[] message) {
        return seed.read(text -> {
            byte[] bytes = KeyText.keyIn(text, publicKey.kind().seedPrefix()).orElseThrow();
            try {
                Signature signature = Signature.getInstance(ALGORITHM);
                signature.initSign(KeyFactory.getInstance(ALGORITHM)
                        .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes)));
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has Ed25519", e);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        });
    }

    @Override
    public void close() {
        seed.close();
    }

    /** The public key; the private one is never shown. */
    @Override
    public String toString() {
        return publicKey.text();
    }
}
