package io.nationtech.harmony.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Which authorities a registry's certificate may be of: those of Java, and for one registry those that lie where podman looks for them
 * (containers-certs.d(5)).
 *
 * @param folders that have a folder for each registry
 */
record Trust(List<Path> folders) {

    /**
     * @param registry by host and port, as the folder is named
     * @return empty where Java's own are all
     * @throws IOException when a certificate cannot be read
     */
    Optional<SSLContext> of(String registry) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            Path own = folder.resolve(registry);
            if (Files.isDirectory(own)) {
                try (Stream<Path> found = Files.list(own)) {
                    found.filter(file -> file.toString().endsWith(".crt")).forEach(files::add);
                }
            }
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(trusting(files));
    }

    private static SSLContext trusting(List<Path> files) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate usual : javas()) {
                trusted.setCertificateEntry("authority-" + trusted.size(), usual);
            }
            for (Path file : files) {
                try (InputStream stream = Files.newInputStream(file)) {
                    for (Certificate certificate :
                            CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                        trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
                    }
                }
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no certificate in PEM among " + files, e);
        }
    }

    private static List<X509Certificate> javas() throws GeneralSecurityException {
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // Without a store of ours: those of Java.
        usual.init((KeyStore) null);
        List<X509Certificate> found = new ArrayList<>();
        for (TrustManager manager : usual.getTrustManagers()) {
            if (manager instanceof X509TrustManager authorities) {
                found.addAll(List.of(authorities.getAcceptedIssuers()));
            }
        }
        return found;
    }
}
