package io.nationtech.harmony.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority of one's own: a certificate that people trust, and the key that goes with it (RFC 5280). Keys are of the curve
 * P-256, signatures ECDSA with SHA-256, which every browser knows. Safe for use by several threads.
 */
public final class CertificateAuthority {
    /** How long people may trust one before they have to be asked again. */
    public static final Duration LIFETIME = Duration.ofDays(3_650);

    /** Clocks of a household differ: what is issued counts from before it was. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.id("2a8648ce3d040302"));
    private static final String COMMON_NAME = "550403";
    private static final String SUBJECT_KEY = "551d0e";
    private static final String AUTHORITY_KEY = "551d23";
    private static final String KEY_USAGE = "551d0f";
    private static final String ALTERNATIVE_NAMES = "551d11";
    private static final String BASIC_CONSTRAINTS = "551d13";
    private static final String NAME_CONSTRAINTS = "551d1e";
    private static final String EXTENDED_KEY_USAGE = "551d25";
    private static final byte[] SERVER = Der.id("2b06010505070301");
    private static final byte[] CLIENT = Der.id("2b06010505070302");
    private static final String CLIENT_USAGE = "1.3.6.1.5.5.7.3.2";
    private static final int DNS = 0x82;
    private static final int IP = 0x87;
    private static final int KEY_ID_BYTES = 20;
    private static final int SERIAL_BITS = 127;
    /** Of what stands in a subject (RFC 5280, appendix A.1). */
    private static final int LONGEST_COMMON_NAME = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X509Certificate certificate;
    private final PrivateKey key;

    /** What a certificate is good for (RFC 5280 §4.2.1.12). */
    public enum Usage {
        /** To be called. */
        SERVER,
        /** To be called, and to call others of its kind, who look at it too. */
        PEER
    }

    private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Makes one.
     *
     * @param name as people see it in their browsers; 1 to 64 characters
     * @param domains the only ones for which it may issue, with all below them; for any name when there are none
     * @param now from when it counts
     * @throws CertificateRefusedException when the name is empty or too long
     */
    public static CertificateAuthority create(String name, List<String> domains, Instant now) {
        if (name.isBlank() || name.length() > LONGEST_COMMON_NAME) {
            throw new CertificateRefusedException("'%s' is no name of a certificate authority; use 1 to %d characters"
                    .formatted(name, LONGEST_COMMON_NAME));
        }
        KeyPair keys = keyPair();
        X500Principal subject = subject(name);
        byte[] constraints =
                domains.isEmpty() ? new byte[0] : extension(NAME_CONSTRAINTS, Der.yes(), constraints(domains));
        byte[] extensions = Der.sequence(
                extension(BASIC_CONSTRAINTS, Der.yes(), Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
                extension(KEY_USAGE, Der.yes(), Der.bits(1, new byte[] {0x06})),
                extension(SUBJECT_KEY, new byte[0], Der.octets(keyId(keys.getPublic()))),
                constraints);
        return new CertificateAuthority(
                signed(
                        new Contents(subject, subject, now, now.plus(LIFETIME), keys.getPublic()),
                        extensions,
                        keys.getPrivate()),
                keys.getPrivate());
    }

    /**
     * Reads what {@link #pem} wrote.
     *
     * @throws CertificateRefusedException when that is no authority with its key
     */
    public static CertificateAuthority parse(byte[] pem) {
        X509Certificate certificate =
                certificate(pem).orElseThrow(() -> new CertificateRefusedException("there is no certificate in it"));
        byte[] encoded = Pem.find(PRIVATE_KEY, pem)
                .orElseThrow(() -> new CertificateRefusedException("there is no private key in it"));
        try {
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (certificate.getBasicConstraints() < 0) {
                throw new CertificateRefusedException("its certificate is not that of an authority");
            }
            requirePair(key, certificate.getPublicKey());
            return new CertificateAuthority(certificate, key);
        } catch (GeneralSecurityException e) {
            throw new CertificateRefusedException(
                    "its private key is none of an elliptic curve, or does not go with it", e);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** The first certificate of a text, without the key; empty when there is none. */
    public static Optional<X509Certificate> certificate(byte[] pem) {
        return Pem.find(CERTIFICATE, pem).flatMap(der -> {
            try {
                return Optional.of(read(der));
            } catch (CertificateException e) {
                return Optional.empty();
            }
        });
    }

    private static X509Certificate read(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static void requirePair(PrivateKey key, PublicKey other) throws GeneralSecurityException {
        byte[] word = {1};
        Signature check = Signature.getInstance("SHA256withECDSA");
        check.initVerify(other);
        check.update(word);
        if (!check.verify(signature(key, word))) {
            throw new CertificateRefusedException("its key and its certificate do not belong together");
        }
    }

    /** Certificate and key, for a secret store. */
    public String pem() {
        return Pem.of(CERTIFICATE, encoded(certificate)) + Pem.of(PRIVATE_KEY, key.getEncoded());
    }

    /** What people trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Issues a certificate for one server, with a key of its own.
     *
     * @param host its DNS name
     * @param lifetime longer than zero; cut where this authority's own ends
     * @return certificate, then key, then this authority's certificate, as servers read them
     * @throws CertificateRefusedException when it may not issue for that name, or its own time is over
     */
    public String issue(String host, Instant now, Duration lifetime) {
        return issue(List.of(host), Usage.SERVER, now, lifetime);
    }

    /**
     * Issues one for a server that is reached in several ways.
     *
     * @param hosts DNS names and IP addresses as text; at least one, the first is shown to people
     * @param usage what it is good for
     * @see #issue(String, Instant, Duration)
     */
    public String issue(List<String> hosts, Usage usage, Instant now, Duration lifetime) {
        String host = hosts.getFirst();
        KeyPair keys = keyPair();
        Instant last = certificate.getNotAfter().toInstant();
        Instant until = now.plus(lifetime).isBefore(last) ? now.plus(lifetime) : last;
        byte[] authorityKey = Optional.ofNullable(certificate.getExtensionValue("2.5.29.14"))
                .map(value -> extension(
                        AUTHORITY_KEY, new byte[0], Der.sequence(Der.value(0x80, Der.content(Der.content(value))))))
                .orElse(new byte[0]);
        byte[] extensions = Der.sequence(
                extension(BASIC_CONSTRAINTS, Der.yes(), Der.sequence()),
                extension(KEY_USAGE, Der.yes(), Der.bits(7, new byte[] {(byte) 0x80})),
                extension(
                        EXTENDED_KEY_USAGE,
                        new byte[0],
                        switch (usage) {
                            case SERVER -> Der.sequence(SERVER);
                            case PEER -> Der.sequence(SERVER, CLIENT);
                        }),
                extension(
                        ALTERNATIVE_NAMES,
                        new byte[0],
                        Der.sequence(hosts.stream()
                                .map(CertificateAuthority::alternativeName)
                                .toArray(byte[][]::new))),
                extension(SUBJECT_KEY, new byte[0], Der.octets(keyId(keys.getPublic()))),
                authorityKey);
        X509Certificate issued = signed(
                new Contents(
                        certificate.getSubjectX500Principal(),
                        subject(host.length() > LONGEST_COMMON_NAME ? "server" : host),
                        now.minus(BACKDATED),
                        until,
                        keys.getPublic()),
                extensions,
                key);
        requireTrusted(issued, host, now);
        return Pem.of(CERTIFICATE, encoded(issued))
                + Pem.of(PRIVATE_KEY, keys.getPrivate().getEncoded())
                + Pem.of(CERTIFICATE, encoded(certificate));
    }

    private static byte[] alternativeName(String host) {
        return address(host)
                .map(address -> Der.value(IP, address.getAddress()))
                .orElseGet(() -> Der.value(DNS, host.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Optional<InetAddress> address(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As a browser would find: nobody is handed what is refused later. */
    private void requireTrusted(X509Certificate issued, String host, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
            issued.checkValidity(Date.from(now));
            issued.verify(certificate.getPublicKey());
            byte[] constraints = certificate.getExtensionValue("2.5.29.30");
            if (constraints != null && !isWithin(Der.content(constraints), issued)) {
                throw new CertificateRefusedException(
                        "this authority may not issue a certificate for '%s': it was made for other domains"
                                .formatted(host));
            }
        } catch (GeneralSecurityException e) {
            throw new CertificateRefusedException(
                    "this authority cannot issue a certificate for '%s': %s".formatted(host, e.getMessage()), e);
        }
    }

    private static boolean isWithin(byte[] constraints, X509Certificate issued) {
        try {
            X509CertSelector within = new X509CertSelector();
            within.setNameConstraints(constraints);
            return within.match(issued);
        } catch (IOException e) {
            throw new CertificateRefusedException("the constraints of this authority's names cannot be read", e);
        }
    }

    /**
     * Whether a certificate that was issued can go on: it is this authority's, for that name, and less than two thirds of its time are
     * over.
     *
     * @param pem as {@link #issue} wrote it
     */
    public boolean isFresh(byte[] pem, String host, Instant now) {
        return isFresh(pem, List.of(host), Usage.SERVER, now);
    }

    /** The same of one for several hosts, in this order, and for that usage. */
    public boolean isFresh(byte[] pem, List<String> hosts, Usage usage, Instant now) {
        List<String> wanted = hosts.stream()
                .map(host -> address(host).map(InetAddress::getHostAddress).orElse(host))
                .toList();
        return certificate(pem)
                .filter(issued -> isMine(issued) && names(issued).equals(wanted) && usage(issued) == usage)
                .filter(issued -> now.isBefore(renewal(issued)))
                .isPresent();
    }

    private boolean isMine(X509Certificate issued) {
        try {
            issued.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Usage usage(X509Certificate issued) {
        try {
            return Objects.requireNonNullElse(issued.getExtendedKeyUsage(), List.<String>of())
                            .contains(CLIENT_USAGE)
                    ? Usage.PEER
                    : Usage.SERVER;
        } catch (CertificateException e) {
            return Usage.SERVER;
        }
    }

    private static List<String> names(X509Certificate issued) {
        try {
            return Objects.requireNonNullElse(issued.getSubjectAlternativeNames(), List.<List<?>>of()).stream()
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateException e) {
            return List.of();
        }
    }

    /** When a certificate is to be replaced: after two thirds of its time. */
    public static Instant renewal(X509Certificate issued) {
        Instant from = issued.getNotBefore().toInstant();
        return from.plus(Duration.between(from, issued.getNotAfter().toInstant())
                .multipliedBy(2)
                .dividedBy(3));
    }

    /** What people compare when they decide whether to trust one: SHA-256, as in {@code 4F:0A:…}. */
    public static String fingerprint(X509Certificate certificate) {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(sha256(encoded(certificate)));
    }

    /** A certificate alone, as files for people and browsers have it. */
    public static String pem(X509Certificate certificate) {
        return Pem.of(CERTIFICATE, encoded(certificate));
    }

    /** What is signed of a certificate. */
    private record Contents(X500Principal issuer, X500Principal subject, Instant from, Instant until, PublicKey key) {
        byte[] der(byte[] extensions) {
            return Der.sequence(
                    Der.value(0xa0, Der.integer(BigInteger.TWO)),
                    Der.integer(new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE)),
                    ECDSA_WITH_SHA256,
                    issuer.getEncoded(),
                    Der.sequence(Der.time(from), Der.time(until)),
                    subject.getEncoded(),
                    key.getEncoded(),
                    Der.value(0xa3, extensions));
        }
    }

    private static X509Certificate signed(Contents contents, byte[] extensions, PrivateKey by) {
        try {
            byte[] der = contents.der(extensions);
            return read(Der.sequence(der, ECDSA_WITH_SHA256, Der.bits(0, signature(by, der))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what is written here can be read", e);
        }
    }

    private static byte[] signature(PrivateKey by, byte[] what) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by);
        signature.update(what);
        return signature.sign();
    }

    /** Names below these domains, and no addresses. */
    private static byte[] constraints(List<String> domains) {
        byte[][] permitted = domains.stream()
                .map(domain -> Der.sequence(Der.value(DNS, domain.getBytes(StandardCharsets.US_ASCII))))
                .toArray(byte[][]::new);
        return Der.sequence(
                Der.value(0xa0, permitted),
                Der.value(0xa1, Der.sequence(Der.value(IP, new byte[8])), Der.sequence(Der.value(IP, new byte[32]))));
    }

    private static X500Principal subject(String name) {
        return new X500Principal(Der.sequence(Der.set(Der.sequence(Der.id(COMMON_NAME), Der.text(name)))));
    }

    private static byte[] extension(String id, byte[] critical, byte[] value) {
        return Der.sequence(Der.id(id), critical, Der.octets(value));
    }

    /** RFC 7093 §2, method 1. */
    private static byte[] keyId(PublicKey key) {
        return Arrays.copyOf(sha256(key.getEncoded()), KEY_ID_BYTES);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every JDK has keys of the curve P-256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
