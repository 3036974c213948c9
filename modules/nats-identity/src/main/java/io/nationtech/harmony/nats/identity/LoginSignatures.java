package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Grant;
import io.nationtech.harmony.fleet.Serial;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.fleet.SignedForm;
import io.nationtech.harmony.fleet.Signer;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.nats.identity.RevocationList.Issuer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Signs with the key of a login, and believes whom the login's issuer lets in: by the role of operators, or by that of nodes what they say of
 * themselves. That an author's login is over by now takes nothing from what was signed before; that it was revoked does. Of numbers that are before those of
 * a reader's clock or after them nothing is made: after a power cut a node may have no clock.
 *
 * <p>The login is read anew when its file is another.
 */
public final class LoginSignatures implements Signatures {
    /** The role of those who deploy. */
    public static final String OPERATORS = "operator";
    /** The role of those who deploy what their login names, and nothing else. */
    public static final String DEPLOYERS = "deployer";
    /** The role of nodes. */
    public static final String NODES = "node";

    private static final Logger LOG = System.getLogger(LoginSignatures.class.getName());
    private static final String CONTEXT = "harmony signed document 1";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int MOST_REMEMBERED = 1_024;

    private final Supplier<Path> files;
    private final Optional<Path> revocations;
    private final InstantSource clock;
    /** Guarded by this. */
    private Optional<Own> own = Optional.empty();
    /**
     * What was found to be signed as it should be, by a digest of all that was looked at: a check costs half a millisecond, and the same words
     * are read again and again. Guarded by itself.
     */
    private final Set<String> checked = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    /**
     * The login that was in the file as of that time, and whose words count, as it says. When another takes its place it is not closed, as
     * something may just be signed by it.
     */
    private record Own(
            Path file,
            FileTime asOf,
            Login login,
            Optional<PublicKey> operators,
            Optional<PublicKey> deployers,
            Optional<PublicKey> nodes,
            Grant grant,
            Optional<KnownRevocations> revocations) {

        Optional<Instant> revoked(PublicKey who) {
            return revocations.flatMap(known -> known.since(who));
        }
    }

    /**
     * Of somebody who keeps nothing.
     *
     * @param file of the login
     * @param clock by which what is signed is numbered
     */
    public LoginSignatures(Path file, InstantSource clock) {
        this(() -> file, Optional.empty(), clock);
    }

    /**
     * @param files says in which file the login is now
     * @param revocations where it is kept who was revoked
     * @param clock by which what is signed is numbered
     */
    public LoginSignatures(Supplier<Path> files, Path revocations, InstantSource clock) {
        this(files, Optional.of(revocations), clock);
    }

    private LoginSignatures(Supplier<Path> files, Optional<Path> revocations, InstantSource clock) {
        this.files = files;
        this.revocations = revocations;
        this.clock = clock;
    }

    @Override
    public Payload sign(Place place, Payload document, Supplier<Optional<Instant>> after) {
        long number = after.get()
                .map(last -> Math.max(last.toEpochMilli() + 1, clock.millis()))
                .orElseGet(clock::millis);
        Path file = files.get();
        try {
            Own own = own(file);
            Login login = own.login();
            if (!place.author().isWithin(own.grant())) {
                throw new MeshUnavailableException(new Cause(
                        "the login of '%s' may deploy %s, and nothing else"
                                .formatted(login.token().name(), own.grant()),
                        where(place),
                        "get another from whoever runs the mesh: `harmony mesh login`"));
            }
            if (isAfterEnd(login.token(), number)) {
                throw new MeshUnavailableException(
                        new Cause(
                                "the login of '%s' is over before %s, from when on something new could be said"
                                        .formatted(login.token().name(), Instant.ofEpochMilli(number)),
                                where(place),
                                "look at the clock here; if it is right, somebody signed by a clock that was ahead: sign with a login that lasts longer, `harmony mesh login --days`"));
            }
            byte[] message = message(place, number, document);
            byte[] signature = login.key().sign(message);
            // Who wrote it reads it again before the next.
            remember(digest(login.token().about(), message, signature));
            return new SignedForm(login.token().text(), number, BASE64.encodeToString(signature), document).payload();
        } catch (InvalidValueException e) {
            throw new MeshUnavailableException(unusable(file, e), e);
        }
    }

    private static Cause unusable(Path file, InvalidValueException e) {
        return new Cause(
                "there is no login to sign and to believe by: " + e.getMessage(),
                file.toString(),
                "`harmony mesh login` makes one");
    }

    private static boolean isAfterEnd(Token token, long number) {
        return token.until().filter(Instant.ofEpochMilli(number)::isAfter).isPresent();
    }

    /** Each part with its length, so that no two documents are the same bytes. */
    private static byte[] message(Place place, long number, Payload document) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(message)) {
            for (String part : new String[] {
                CONTEXT, place.bucket().toString(), place.key().toString()
            }) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            byte[] bytes = document.bytes();
            out.writeLong(number);
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
        return message.toByteArray();
    }

    @Override
    public Word read(Place place, Payload payload) {
        Path file = files.get();
        try {
            Own now = own(file);
            return now.operators().isEmpty()
                    ? new Word.Unchecked(SignedForm.documentOf(payload))
                    : read(place, payload, now);
        } catch (InvalidValueException e) {
            return new Word.Refused(unusable(file, e));
        }
    }

    private Word read(Place place, Payload payload, Own now) {
        return switch (SignedForm.find(payload)) {
            case SignedForm.Found.Plain() ->
                new Word.Unsigned(
                        payload,
                        new Cause(
                                "it is not signed: whoever reaches a server may have written it",
                                where(place),
                                "nothing follows it; an operator looks at it with `harmony mesh words`, and signs it if it is right"));
            case SignedForm.Found.Broken() -> refused(place, "its first line is not what a signature stands in");
            case SignedForm.Found.Signed(SignedForm form) -> read(place, form, now);
        };
    }

    private Word read(Place place, SignedForm form, Own now) {
        Token token;
        byte[] signature;
        try {
            token = Token.parse(form.token());
            signature = Base64.getUrlDecoder().decode(form.signature());
        } catch (IllegalArgumentException e) {
            return refused(place, "what its first line has in place of an author or a signature is none");
        }
        Optional<String> doubt = doubt(place, token, now);
        if (doubt.isPresent()) {
            return refused(place, doubt.get());
        }
        if (isAfterEnd(token, form.number())) {
            return refused(
                    place,
                    "'%s' signed it as of %s, when that login is over"
                            .formatted(token.name(), Instant.ofEpochMilli(form.number())));
        }
        if (!isSigned(token.about(), message(place, form.number(), form.document()), signature)) {
            return refused(
                    place,
                    "the signature is not that of '%s' under this: it was changed, or belongs elsewhere"
                            .formatted(token.name()));
        }
        Serial serial = new Serial(form.number(), digest(form.document()));
        return now.revoked(token.about())
                .<Word>map(since -> new Word.Revoked(form.document(), serial, revoked(place, token, since)))
                .orElseGet(() -> new Word.Signed(form.document(), serial));
    }

    /** What they sign now they can date back, so that it was signed before says nothing. */
    private static Cause revoked(Place place, Token author, Instant since) {
        return new Cause(
                "it is signed by '%s', whose login was revoked at %s".formatted(author.name(), since),
                where(place),
                switch (place.author()) {
                    case Author.Operator _, Author.OperatorOfAll _ ->
                        "whoever follows it already goes on, and nobody else begins to; an operator looks at it with `harmony mesh words`, and signs it anew if it is right";
                    case Author.Node(var id) ->
                        "it is not believed; a node that is to be let in again gets another login: harmony mesh login --node "
                                + id;
                });
    }

    @Override
    public Grant grant() {
        try {
            return own(files.get()).grant();
        } catch (InvalidValueException e) {
            // Nothing can be signed by it, which is told then.
            return Grant.ALL;
        }
    }

    @Override
    public Learned learn(Payload said) {
        try {
            return own(files.get())
                    .revocations()
                    .map(known -> known.learn(said.text().strip()))
                    .orElseGet(Learned.Unchecked::new);
        } catch (InvalidValueException e) {
            return new Learned.Unchecked();
        }
    }

    @Override
    public Optional<Signer> signer(Payload payload) {
        try {
            if (SignedForm.find(payload) instanceof SignedForm.Found.Signed(SignedForm form)) {
                Token token = Token.parse(form.token());
                return Optional.of(new Signer(token.name(), token.about().text()));
            }
            return Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Why its author is not believed there. */
    private Optional<String> doubt(Place place, Token token, Own now) {
        boolean isBelieved = switch (place.author()) {
            case Author.Operator _, Author.OperatorOfAll _ -> isLetIn(token, now.operators());
            case Author.Node(var id) ->
                token.name().equals(id.value()) && (isLetIn(token, now.nodes()) || isLetIn(token, now.operators()));
        };
        return isBelieved ? Optional.empty() : doubtOfDeployer(place, token, now);
    }

    private Optional<String> doubtOfDeployer(Place place, Token token, Own now) {
        if (!(place.author() instanceof Author.Node) && isLetIn(token, now.deployers())) {
            return place.author().isWithin(token.grant())
                    ? Optional.empty()
                    : Optional.of("it is signed by '%s', who may deploy %s, and nothing else"
                            .formatted(token.name(), token.grant()));
        }
        return Optional.of("it is signed by %s, who is not believed in that".formatted(token.about()));
    }

    private boolean isLetIn(Token token, Optional<PublicKey> by) {
        return by.filter(key -> isLetIn(token, key)).isPresent();
    }

    private boolean isLetIn(Token token, PublicKey by) {
        return isSo(digest(by, token.text().getBytes(StandardCharsets.UTF_8)), () -> token.isLetInBy(by));
    }

    private boolean isSigned(PublicKey by, byte[] message, byte[] signature) {
        return isSo(digest(by, message, signature), () -> by.isSigned(message, signature));
    }

    private boolean isSo(String what, BooleanSupplier check) {
        synchronized (checked) {
            if (checked.contains(what)) {
                return true;
            }
        }
        boolean isSo = check.getAsBoolean();
        if (isSo) {
            remember(what);
        }
        return isSo;
    }

    private void remember(String what) {
        synchronized (checked) {
            checked.add(what);
        }
    }

    /** A file that cannot be read any more takes nothing from what was known by it. */
    private synchronized Own own(Path file) {
        Optional<FileTime> asOf = modified(file);
        if (own.filter(known -> asOf.isEmpty()
                        || (known.file().equals(file) && asOf.get().equals(known.asOf())))
                .isEmpty()) {
            Own fresh = own(Login.readFile(file), file, asOf.orElse(FileTime.fromMillis(0)));
            own.flatMap(Own::revocations)
                    .ifPresent(before -> fresh.revocations().ifPresent(known -> known.learn(before)));
            own = Optional.of(fresh);
        }
        return own.orElseThrow();
    }

    private Own own(Login login, Path file, FileTime asOf) {
        Optional<PublicKey> operators = login.token().keyOf(OPERATORS);
        if (operators.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The login of {0} does not say who is believed, so whatever stands in the mesh is; replace {1}: `harmony mesh login` writes one that does",
                    login.token().name(),
                    file);
        }
        Optional<Issuer> issuer = login.token()
                .keyOfMesh()
                .flatMap(mesh -> login.token().account().map(account -> new Issuer(mesh, account)));
        if (operators.isPresent() && issuer.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The login of {0} does not say who revokes others, so operators who are let in no more are believed as before; replace {1}: `harmony mesh login` writes one that does, and `harmony mesh renew` for a node",
                    login.token().name(),
                    file);
        }
        Optional<PublicKey> deployers = login.token().keyOf(DEPLOYERS);
        return new Own(
                file,
                asOf,
                login,
                operators,
                deployers,
                login.token().keyOf(NODES),
                deployers.filter(login.token()::isLetInBy).isPresent()
                        ? login.token().grant()
                        : Grant.ALL,
                issuer.map(one -> new KnownRevocations(one, revocations)));
    }

    private static Optional<FileTime> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Word refused(Place place, String what) {
        return new Word.Refused(
                new Cause(
                        what,
                        where(place),
                        "nothing follows it; find out who writes into the mesh that may not. `harmony mesh words` shows all of that sort"));
    }

    private static String where(Place place) {
        return "mesh, bucket %s, key %s".formatted(place.bucket(), place.key());
    }

    private static String digest(Payload document) {
        return HexFormat.of().formatHex(sha256().digest(document.bytes()));
    }

    /** Unlike that of any other parts, as each comes with its length. */
    private static String digest(PublicKey key, byte[]... parts) {
        MessageDigest digest = sha256();
        digest.update(key.text().getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
