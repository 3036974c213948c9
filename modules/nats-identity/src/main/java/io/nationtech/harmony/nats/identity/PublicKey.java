package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A public key of Ed25519 (RFC 8032), as NATS writes it: 56 capitals and digits, the first of which says whose it is. */
public record PublicKey(KeyKind kind, String text) {
    /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410 §4). */
    private static final byte[] ENCODED_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    public PublicKey {
        bytes(kind, text);
    }

    /**
     * Reads a key of any kind.
     *
     * @throws InvalidValueException when it is none
     */
    public static PublicKey parse(String text) {
        return Stream.of(KeyKind.values())
                .filter(kind -> text.startsWith(Character.toString(kind.letter())))
                .findFirst()
                .map(kind -> new PublicKey(kind, text))
                .orElseThrow(PublicKey::invalid);
    }

    static PublicKey of(KeyKind kind, byte[] bytes) {
        return new PublicKey(kind, new String(KeyText.of(kind.prefix(), bytes), StandardCharsets.US_ASCII));
    }

    /** Whether this key's owner signed these bytes. */
    public boolean isSigned(byte[] message, byte[] signature) {
        try {
            byte[] own = bytes(kind, text);
            byte[] encoded = Arrays.copyOf(ENCODED_PREFIX, ENCODED_PREFIX.length + own.length);
            System.arraycopy(own, 0, encoded, ENCODED_PREFIX.length, own.length);
            Signature check = Signature.getInstance(KeyPair.ALGORITHM);
            check.initVerify(KeyFactory.getInstance(KeyPair.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // A point that is on no curve, or a signature of another length.
            return false;
        }
    }

    private static byte[] bytes(KeyKind kind, String text) {
        return KeyText.keyIn(text.getBytes(StandardCharsets.UTF_8), kind.prefix())
                .orElseThrow(PublicKey::invalid);
    }

    private static InvalidValueException invalid() {
        return new InvalidValueException(
                "that is no public key of NATS: 56 capitals and digits, beginning with O, A or U, none of them changed");
    }

    @Override
    public String toString() {
        return text;
    }
}
