package io.nationtech.harmony.seed;

import io.nationtech.harmony.domain.value.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** One or more certificates of authorities (X.509), as a PEM file has them (RFC 7468 §5). */
public record Certificates(String pem) {

    /**
     * @throws InvalidValueException when there is none in it, or one that cannot be read
     */
    public Certificates {
        try {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .isEmpty()) {
                throw refused();
            }
        } catch (CertificateException e) {
            throw refused();
        }
    }

    private static InvalidValueException refused() {
        return new InvalidValueException(
                "there is no certificate in it: a PEM file is wanted, as `harmony mesh show` writes it");
    }
}
