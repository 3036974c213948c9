package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Grant;
import io.nationtech.harmony.secrets.RecipientKey;
import io.nationtech.harmony.secrets.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who lets others into a mesh. Servers know the operator's public key and the account; whoever has a role's key lets others in by it, and
 * nothing has to be told to a server for one more. To be closed, which closes all its keys.
 *
 * @param operator signs the accounts
 * @param account in which everything of the mesh is
 * @param system the account by which servers are managed
 * @param roles each with the key that lets in by it
 */
public record MeshAuthority(KeyPair operator, KeyPair account, KeyPair system, Map<MeshRole, KeyPair> roles)
        implements AutoCloseable {
    private static final int UNLIMITED = -1;
    private static final int VERSION = 2;
    private static final String OPERATOR = "operator";
    private static final String ACCOUNT = "account";
    private static final String SYSTEM = "system";
    private static final String ROLE = "role:";
    private static final String TYPE = "type";
    private static final String VERSION_FIELD = "version";

    public MeshAuthority {
        roles = Map.copyOf(roles);
    }

    /** A new one, with these roles. */
    public static MeshAuthority create(List<MeshRole> roles) {
        return new MeshAuthority(
                KeyPair.generate(KeyKind.OPERATOR),
                KeyPair.generate(KeyKind.ACCOUNT),
                KeyPair.generate(KeyKind.ACCOUNT),
                roles.stream().collect(Collectors.toMap(role -> role, _ -> KeyPair.generate(KeyKind.ACCOUNT))));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param kept stays its owner's
     * @throws InvalidValueException when it is something else, or lacks the key of a role; nothing secret is repeated
     */
    public static MeshAuthority read(Secret kept, List<MeshRole> roles) {
        Map<String, KeyPair> keys = kept.read(MeshAuthority::keys);
        try {
            Map<MeshRole, KeyPair> ofRoles = new LinkedHashMap<>();
            for (MeshRole role : roles) {
                ofRoles.put(role, key(keys, ROLE + role.name()));
            }
            return new MeshAuthority(key(keys, OPERATOR), key(keys, ACCOUNT), key(keys, SYSTEM), ofRoles);
        } catch (InvalidValueException e) {
            keys.values().forEach(KeyPair::close);
            throw e;
        }
    }

    /**
     * The same with a key for each of these roles that has none yet, for whoever keeps it; empty when all have. To be closed.
     *
     * @param kept stays its owner's
     */
    public static Optional<Secret> completed(Secret kept, List<MeshRole> roles) {
        Map<String, KeyPair> keys = kept.read(MeshAuthority::keys);
        try {
            List<String> missing = roles.stream()
                    .map(role -> ROLE + role.name())
                    .filter(name -> !keys.containsKey(name))
                    .toList();
            if (missing.isEmpty()) {
                return Optional.empty();
            }
            missing.forEach(name -> keys.put(name, KeyPair.generate(KeyKind.ACCOUNT)));
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            keys.forEach((name, key) -> write(text, name, key));
            return Optional.of(Secret.takeFrom(text.toByteArray()));
        } finally {
            keys.values().forEach(KeyPair::close);
        }
    }

    private static KeyPair key(Map<String, KeyPair> keys, String name) {
        return Optional.ofNullable(keys.get(name))
                .orElseThrow(() ->
                        new InvalidValueException("there is no key '%s' among the keys of the mesh".formatted(name)));
    }

    /** Each line is a name, a blank and a private key. */
    private static Map<String, KeyPair> keys(byte[] text) {
        Map<String, KeyPair> keys = new LinkedHashMap<>();
        int begin = 0;
        int blank = -1;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == ' ') {
                blank = at;
            } else if (text[at] == '\n' && blank > begin && at > blank + 1) {
                String name = new String(text, begin, blank - begin, StandardCharsets.US_ASCII);
                try (Secret seed = Secret.takeFrom(Arrays.copyOfRange(text, blank + 1, at))) {
                    keys.put(name, KeyPair.ofSeed(seed));
                }
            }
            if (text[at] == '\n') {
                begin = at + 1;
            }
        }
        return keys;
    }

    /** All private keys as a text, for whoever keeps it; to be closed. */
    public Secret text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        write(text, OPERATOR, operator);
        write(text, ACCOUNT, account);
        write(text, SYSTEM, system);
        roles.forEach((role, key) -> write(text, ROLE + role.name(), key));
        return Secret.takeFrom(text.toByteArray());
    }

    private static void write(ByteArrayOutputStream text, String name, KeyPair key) {
        text.writeBytes((name + " ").getBytes(StandardCharsets.US_ASCII));
        key.seed().read(seed -> {
            text.writeBytes(seed);
            return seed.length;
        });
        text.write('\n');
    }

    /** What servers are told of the operator. */
    public Token operatorToken(Instant now) {
        return Token.issue(
                operator,
                new Token.Claims(
                        operator.publicKey(),
                        "harmony",
                        Optional.empty(),
                        said(
                                OPERATOR,
                                Map.of("system_account", system.publicKey().text()))),
                now);
    }

    /**
     * What servers are told of the account.
     *
     * @param revoked who may not come in any more with what was issued until then, and whose live connections end
     */
    public Token accountToken(Map<PublicKey, Instant> revoked, Instant now) {
        Map<String, Object> said = new LinkedHashMap<>(limits(UNLIMITED));
        said.put(
                "signing_keys",
                roles.entrySet().stream()
                        .map(role -> role.getKey().scope(role.getValue().publicKey()))
                        .toList());
        said.put(
                "revocations",
                revoked.entrySet().stream()
                        .collect(Collectors.toMap(
                                key -> key.getKey().text(),
                                key -> key.getValue().getEpochSecond())));
        return Token.issue(
                operator, new Token.Claims(account.publicKey(), "harmony", Optional.empty(), said(ACCOUNT, said)), now);
    }

    /**
     * What is to stand in the place of what was told of the account before; empty when that says the same of who is revoked. Issued later than that,
     * also where it was by a clock that was ahead: of two, everybody takes the later.
     */
    public Optional<Token> accountTokenAfter(Optional<String> before, Map<PublicKey, Instant> revoked, Instant now) {
        Token token = accountToken(revoked, now);
        Optional<RevocationList> known = before.flatMap(this::revocations);
        if (known.filter(list -> list.revoked().equals(token.revocations())).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(known.map(RevocationList::issued)
                .filter(issued -> !issued.isBefore(now))
                .map(issued -> accountToken(revoked, issued.plusSeconds(1)))
                .orElse(token));
    }

    /** What is not ours says nothing. */
    private Optional<RevocationList> revocations(String text) {
        try {
            return Optional.of(
                    RevocationList.read(text, new RevocationList.Issuer(operator.publicKey(), account.publicKey())));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** What servers are told of the account by which they are managed; it keeps nothing. */
    public Token systemToken(Instant now) {
        return Token.issue(
                operator,
                new Token.Claims(system.publicKey(), SYSTEM, Optional.empty(), said(ACCOUNT, limits(0))),
                now);
    }

    private static Map<String, Object> limits(int storage) {
        return Map.of(
                "limits",
                Map.ofEntries(
                        Map.entry("subs", UNLIMITED),
                        Map.entry("data", UNLIMITED),
                        Map.entry("payload", UNLIMITED),
                        Map.entry("imports", UNLIMITED),
                        Map.entry("exports", UNLIMITED),
                        Map.entry("wildcards", true),
                        Map.entry("conn", UNLIMITED),
                        Map.entry("leaf", UNLIMITED),
                        Map.entry("mem_storage", storage),
                        Map.entry("disk_storage", storage),
                        Map.entry("streams", UNLIMITED),
                        Map.entry("consumer", UNLIMITED)));
    }

    /**
     * Lets somebody in. The login says which keys let others in, and which key says who was revoked, so that its owner knows whose words to believe.
     *
     * @param user whose private key stays with its owner
     * @param until when the login ends
     * @throws IllegalArgumentException when the role is none of these
     */
    public Token login(MeshRole role, ClientName name, PublicKey user, Instant until, Instant now) {
        return login(role, name, user, Stream.of(), until, now);
    }

    /**
     * Lets in a node, and says for whom it is to seal the key that opens its disk where its TPM does not.
     *
     * @see #login
     */
    public Token loginOfNode(
            RecipientKey recovery, MeshRole role, ClientName name, PublicKey user, Instant until, Instant now) {
        return login(role, name, user, Stream.of(Token.tag(recovery)), until, now);
    }

    /**
     * Lets in somebody who may deploy that alone. Servers fill its names into the role's subjects, and nodes read them.
     *
     * @see #login
     */
    public Token loginWithin(Grant grant, MeshRole role, ClientName name, PublicKey user, Instant until, Instant now) {
        return login(role, name, user, Token.tags(grant), until, now);
    }

    private Token login(
            MeshRole role, ClientName name, PublicKey user, Stream<String> tags, Instant until, Instant now) {
        KeyPair signer = Optional.ofNullable(roles.get(role))
                .orElseThrow(() -> new IllegalArgumentException("there is no role " + role.name()));
        return Token.issue(
                signer,
                new Token.Claims(
                        user,
                        name.value(),
                        Optional.of(until),
                        said(
                                "user",
                                Map.of(
                                        "issuer_account",
                                        account.publicKey().text(),
                                        Token.TAGS,
                                        Stream.concat(keysOfRoles().stream(), tags)
                                                .toList()))),
                now);
    }

    /**
     * Lets somebody in whose permissions are theirs alone: they stand in the login itself, which the account's own key signs.
     *
     * @param role whose subjects name everything; no key lets in by it
     * @see #login
     */
    public Token loginOfOne(MeshRole role, ClientName name, PublicKey user, Instant until, Instant now) {
        return Token.issue(
                account,
                new Token.Claims(user, name.value(), Optional.of(until), said("user", role.permissions())),
                now);
    }

    private List<String> keysOfRoles() {
        return Stream.concat(
                        Stream.of(Token.tagOfMesh() + operator.publicKey()),
                        roles.entrySet().stream()
                                .map(role -> Token.tag(role.getKey().name())
                                        + role.getValue().publicKey()))
                .sorted()
                .toList();
    }

    /** Lets in somebody who manages servers: pushes accounts to them. */
    public Token systemLogin(ClientName name, PublicKey user, Instant until, Instant now) {
        return Token.issue(
                system,
                new Token.Claims(
                        user,
                        name.value(),
                        Optional.of(until),
                        said("user", Map.of("subs", UNLIMITED, "data", UNLIMITED, "payload", UNLIMITED))),
                now);
    }

    private static Map<String, Object> said(String type, Map<String, ?> more) {
        Map<String, Object> said = new LinkedHashMap<>(more);
        said.put(TYPE, type);
        said.put(VERSION_FIELD, VERSION);
        return said;
    }

    @Override
    public void close() {
        operator.close();
        account.close();
        system.close();
        roles.values().forEach(KeyPair::close);
    }
}
