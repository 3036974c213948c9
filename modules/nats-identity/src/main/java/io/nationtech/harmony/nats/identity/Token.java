package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.Grant;
import io.nationtech.harmony.secrets.RecipientKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * A word about a key, signed by another: a JSON web token (RFC 7519) as NATS' servers read them, version 2. Says nothing secret.
 *
 * @param text as it travels
 * @param about whom
 * @param name of them, for people
 * @param until when it ends; empty when it does not
 */
public record Token(String text, PublicKey about, String name, Optional<Instant> until) {
    /** So long before its end a login is to be replaced: time to come by where it is. */
    public static final Duration EARLY = Duration.ofDays(30);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = base64("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}");
    private static final String ID_DIGEST = "SHA-512/256";
    private static final Map<String, String> SIGNED_BY_KEYS = Map.of("typ", "JWT", "alg", "ed25519-nkey");
    private static final String USER = "user";
    private static final String ACCOUNT = "account";
    private static final String MESH = "mesh";
    private static final String RECOVERY = "recovery";
    /** Before a deployment's name among a deployer's tags. */
    static final String GRANT_DEPLOYMENT = "grant-deployment";
    /** Before a node's. */
    static final String GRANT_NODE = "grant-node";

    /** As in NATS' subjects. */
    private static final String EVERY = "*";

    private static final int PARTS = 3;
    /** An account's, with some 5,000 revocations. */
    private static final int LONGEST = 1 << 19;
    /** In NATS' words, where one may write what one likes. */
    static final String TAGS = "tags";

    /**
     * What is said of whom.
     *
     * @param said in NATS' words
     */
    record Claims(PublicKey about, String name, Optional<Instant> until, Map<String, Object> said) {}

    static Token issue(KeyPair signer, Claims claims, Instant now) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("iat", now.getEpochSecond());
        body.put("iss", signer.publicKey().text());
        body.put("name", claims.name());
        body.put("sub", claims.about().text());
        claims.until().ifPresent(end -> body.put("exp", end.getEpochSecond()));
        body.put("nats", claims.said());
        body.put("jti", id(body));
        String signed = HEADER + "." + base64(json(body));
        byte[] signature = signer.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return new Token(
                signed + "." + BASE64.encodeToString(signature), claims.about(), claims.name(), claims.until());
    }

    /**
     * Reads one. Who signed it is not looked at: that is for the server to which it is shown.
     *
     * @throws InvalidValueException when it is none
     */
    public static Token parse(String text) {
        return read(() -> {
            Map<?, ?> body = body(text);
            return new Token(
                    text,
                    PublicKey.parse(textIn(body, "sub").orElseThrow(Token::invalid)),
                    textIn(body, "name").orElse(""),
                    secondsIn(body, "exp"));
        });
    }

    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            if (e instanceof InvalidValueException refused) {
                throw refused;
            }
            throw invalid();
        }
    }

    private static Map<?, ?> body(String text) {
        return part(parts(text)[1]);
    }

    private static String[] parts(String text) {
        String[] parts = text.length() > LONGEST ? new String[0] : text.split("\\.", -1);
        if (parts.length != PARTS) {
            throw invalid();
        }
        return parts;
    }

    private static Map<?, ?> part(String base64) {
        String json = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        if (JSON.std.anyFrom(json) instanceof Map<?, ?> part) {
            return part;
        }
        throw invalid();
    }

    /** Whether the owner of that key lets a user in by this. Signed in another way, it was not. */
    public boolean isLetInBy(PublicKey issuer) {
        return about.kind() == KeyKind.USER && isSaidBy(issuer, USER);
    }

    /** Whether the owner of that key, who answers for a mesh, says by this how an account is. */
    boolean isAccountOf(PublicKey mesh) {
        return about.kind() == KeyKind.ACCOUNT && isSaidBy(mesh, ACCOUNT);
    }

    private boolean isSaidBy(PublicKey issuer, String type) {
        try {
            return read(() -> {
                String[] parts = parts(text);
                Map<?, ?> body = part(parts[1]);
                return SIGNED_BY_KEYS.equals(part(parts[0]))
                        && textIn(body, "iss").equals(Optional.of(issuer.text()))
                        && textIn(said(body), "type").equals(Optional.of(type))
                        && issuer.isSigned(
                                (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                                Base64.getUrlDecoder().decode(parts[2]));
            });
        } catch (InvalidValueException e) {
            return false;
        }
    }

    /** Whether somebody has to see to another by now. */
    public boolean endsSoon(Instant now) {
        return until.filter(end -> end.isBefore(now.plus(EARLY))).isPresent();
    }

    /** When it was issued; empty when it does not say. */
    public Optional<Instant> issued() {
        return read(() -> secondsIn(body(text), "iat"));
    }

    /** The key that lets in by a role, as this login says; empty in one that was issued when logins did not say it. */
    public Optional<PublicKey> keyOf(String role) {
        return tagged(tag(role)).findFirst().map(PublicKey::parse);
    }

    private Stream<String> tagged(String begin) {
        return said(body(text)).get(TAGS) instanceof List<?> tags
                ? tags.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(tag -> tag.startsWith(begin))
                        .map(tag -> tag.substring(begin.length()))
                : Stream.empty();
    }

    /**
     * What a deployer may deploy, as their login says; nothing where it does not.
     *
     * @throws InvalidValueException when a name there is none
     */
    public Grant grant() {
        return new Grant(granted(GRANT_DEPLOYMENT, DeploymentName::of), granted(GRANT_NODE, NodeId::of));
    }

    private <T extends Comparable<T>> Optional<SortedSet<T>> granted(String of, Function<String, T> name) {
        List<String> names = tagged(of + ":").toList();
        return names.contains(EVERY)
                ? Optional.empty()
                : Optional.of(names.stream().map(name).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** That grant among a login's tags. */
    static Stream<String> tags(Grant grant) {
        return Stream.concat(tags(GRANT_DEPLOYMENT, grant.deployments()), tags(GRANT_NODE, grant.nodes()));
    }

    private static Stream<String> tags(String of, Optional<? extends SortedSet<?>> names) {
        return names.map(some -> some.stream().map(Object::toString))
                .orElseGet(() -> Stream.of(EVERY))
                .map(name -> "%s:%s".formatted(of, name));
    }

    /** The key of whoever answers for the mesh, as this login says; empty as that of a role may be. */
    public Optional<PublicKey> keyOfMesh() {
        return keyOf(MESH);
    }

    /** Stands before that key. */
    static String tagOfMesh() {
        return tag(MESH);
    }

    /**
     * For whom a node seals the key that opens its disk where its TPM does not; empty in a login that does not say it.
     *
     * @throws InvalidValueException when there stands something else
     */
    public Optional<RecipientKey> recovery() {
        return tagged(tag(RECOVERY)).findFirst().map(RecipientKey::of);
    }

    /** That among a login's tags. */
    static String tag(RecipientKey recovery) {
        return tag(RECOVERY) + recovery;
    }

    /** The account in which a user is; empty where the account's own key let them in. */
    Optional<PublicKey> account() {
        return read(() -> textIn(said(body(text)), "issuer_account").map(PublicKey::parse));
    }

    /**
     * Whose logins an account takes no more.
     *
     * @throws InvalidValueException when that is said in another way than is known here
     */
    Map<PublicKey, Instant> revocations() {
        return read(() -> {
            Map<PublicKey, Instant> revoked = new LinkedHashMap<>();
            if (said(body(text)).get("revocations") instanceof Map<?, ?> said) {
                for (Object key : said.keySet()) {
                    revoked.put(
                            PublicKey.parse(String.valueOf(key)),
                            secondsIn(said, String.valueOf(key)).orElseThrow(Token::invalid));
                }
            }
            return Map.copyOf(revoked);
        });
    }

    /** Stands before a role's key, among words to which servers pay no heed. */
    static String tag(String role) {
        return "harmony-%s:".formatted(role);
    }

    private static Map<?, ?> said(Map<?, ?> body) {
        return body.get("nats") instanceof Map<?, ?> said ? said : Map.of();
    }

    private static Optional<String> textIn(Map<?, ?> body, String name) {
        return Optional.ofNullable(body.get(name))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /** NATS writes 0 where there is no end. */
    private static Optional<Instant> secondsIn(Map<?, ?> body, String name) {
        return Optional.ofNullable(body.get(name))
                .filter(Number.class::isInstance)
                .map(seconds -> ((Number) seconds).longValue())
                .filter(seconds -> seconds != 0)
                .map(Instant::ofEpochSecond);
    }

    private static InvalidValueException invalid() {
        return new InvalidValueException(
                "that is no token of NATS: three parts in base 64 with dots between, the second of them JSON that names a key");
    }

    /** Unlike any other's: a digest of all the rest. */
    private static String id(Map<String, Object> body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance(ID_DIGEST).digest(json(body).getBytes(StandardCharsets.UTF_8));
            return new String(Base32.encode(digest), StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ID_DIGEST, e);
        }
    }

    private static String json(Map<String, Object> object) {
        return JSON.std.asString(object);
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return text;
    }
}
