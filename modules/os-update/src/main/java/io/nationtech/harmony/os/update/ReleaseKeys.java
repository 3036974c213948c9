package io.nationtech.harmony.os.update;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The keys of whoever makes releases for this node: PEM files of Ed25519 public keys (RFC 8410), in a folder of the system that runs, so that
 * a release can bring its successor's.
 */
record ReleaseKeys(Path folder) {
    private static final String ALGORITHM = "Ed25519";
    private static final int LONGEST_FILE = 4_096;
    /** In base 64. */
    private static final int LONGEST_SIGNATURE = 200;

    /**
     * @param signature in base 64, on one line
     * @throws UpgradeException when it is by none of them
     */
    void requireSigned(byte[] message, byte[] signature, String where) throws UpgradeException, IOException {
        List<PublicKey> keys = keys();
        if (keys.isEmpty()) {
            throw new UpgradeException(new Cause(
                    "this node trusts nobody's releases: it has no key of anybody who makes them",
                    folder.toString(),
                    "build its image with the keys of its releases (make image KEYS=folder), and install that"));
        }
        byte[] plain = decoded(signature);
        for (PublicKey key : keys) {
            if (isSigned(key, message, plain)) {
                return;
            }
        }
        throw new UpgradeException(new Cause(
                "the release is not signed by a key that this node trusts (it has %d): it was changed after it was made, or somebody else made it"
                        .formatted(keys.size()),
                where,
                "fetch the release again from whoever made it; if it was made here, sign it with the key whose public half is in "
                        + folder));
    }

    private List<PublicKey> keys() throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
            for (Path file : files) {
                keys.add(key(file));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        return keys;
    }

    private static PublicKey key(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.US_ASCII);
            byte[] bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("%s is no public key for Ed25519".formatted(file), e);
        }
    }

    /** What is no base 64 is no signature of anything. */
    private static byte[] decoded(byte[] signature) {
        try {
            return signature.length > LONGEST_SIGNATURE
                    ? new byte[0]
                    : Base64.getDecoder().decode(new String(signature, StandardCharsets.US_ASCII).strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static boolean isSigned(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
