package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.MeshLogin;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How the two ends of a connection know each other.
 *
 * @param identity who we are to servers
 * @param authority by whom servers are who they say
 */
public record NatsAccess(Identity identity, Authority authority) {
    /** As the addresses say, and servers by the authorities that everybody trusts. */
    public static final NatsAccess OPEN = new NatsAccess(new Identity.OfAddress(), new Authority.OfPlatform());

    /** Who we are to servers. */
    public sealed interface Identity {

        /** Nobody, or whom the address names. */
        record OfAddress() implements Identity {}

        /**
         * Whom a login names. It is read anew for each connection, so that it can be replaced while we are connected.
         *
         * @param read throws {@link InvalidValueException} when there is none that can be read
         */
        record OfLogin(Supplier<MeshLogin> read) implements Identity {}
    }

    /** Whose certificates count, where an address begins with {@code tls://}. */
    public sealed interface Authority {

        /** Those of the platform. */
        record OfPlatform() implements Authority {}

        /**
         * Those of a file alone.
         *
         * @param certificates in the text form of RFC 7468; several while one follows another
         */
        record OfFile(Path certificates) implements Authority {}
    }

    /** @throws MeshUnavailableException when the file of certificates cannot be used */
    SSLContext tls() {
        try {
            return switch (authority) {
                case Authority.OfPlatform() -> SSLContext.getDefault();
                case Authority.OfFile(Path file) -> trusting(file);
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static SSLContext trusting(Path file) throws GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates(file)) {
                trusted.setCertificateEntry(Integer.toString(number++), certificate);
            }
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + e.getMessage(), e);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (found.isEmpty()) {
                throw unusable(file, "there is no certificate in it", new IOException("no certificate"));
            }
            return found;
        } catch (GeneralSecurityException e) {
            throw unusable(file, "there is no certificate in it that can be read", e);
        }
    }

    private static MeshUnavailableException unusable(Path file, String why, Exception trigger) {
        return new MeshUnavailableException(
                new Cause(
                        "the authority of the mesh's servers is not known: " + why,
                        file.toString(),
                        "`harmony mesh show` writes its certificate"),
                trigger);
    }
}
