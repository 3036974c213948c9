package io.nationtech.harmony.secrets.openbao;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private KeyStore store;
    private Path authority;

    @BeforeEach
    void certificate() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=bao",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "server"))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), output);
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        byte[] certificate = store.getCertificate("server").getEncoded();
        authority = Files.writeString(
                folder.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(certificate)));
    }

    @Test
    void onlyTheGivenAuthorityIsTrusted() throws Exception {
        try (BaoStub bao = BaoStub.start(sockets(), "https")) {
            try (OpenBaoSecrets trusting = secrets(bao, Optional.of(authority))) {
                assertInstanceOf(SecretLookup.Absent.class, trusting.get(SecretRef.of("x")));
            }
            try (OpenBaoSecrets others = secrets(bao, Optional.empty())) {
                var refused = assertThrows(SecretsUnavailableException.class, () -> others.get(SecretRef.of("x")));
                assertEquals(
                        "the certificate of OpenBao is not trusted",
                        refused.why().what());
            }
        }
    }

    @Test
    void aFileWithoutCertificateIsTold() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        try (BaoStub bao = BaoStub.start()) {
            var refused = assertThrows(SecretsUnavailableException.class, () -> secrets(bao, Optional.of(empty)));
            assertTrue(refused.why().what().contains("no readable certificate"), refused.getMessage());
        }
    }

    private static OpenBaoSecrets secrets(BaoStub bao, Optional<Path> authority) {
        return new OpenBaoSecrets(
                new OpenBaoSettings(
                        bao.address(), "secret", "harmony/prod", Optional.empty(), authority, Duration.ofSeconds(10)),
                new OpenBaoToken.Given(Secret.takeFrom(BaoStub.TOKEN.toCharArray())));
    }

    private ServerSocketFactory sockets() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
