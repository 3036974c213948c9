package io.nationtech.harmony.nats.identity;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.fleet.Serial;
import io.nationtech.harmony.fleet.Signatures;
import io.nationtech.harmony.fleet.SignedForm;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Payload;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Signs with the key of a login, and believes whom the login's issuer lets in: by the role of operators, or by that of nodes what they say of
 * themselves. That an author's login is over by now takes nothing from what was signed before. Of numbers that are before those of
 * a reader's clock or after them nothing is made: after a power cut a node may have no clock.
 *
 * <p>The login is read anew when its file is another.
 */
public final class LoginSignatures implements Signatures {
    /** The role of those who deploy. */
    public static final String OPERATORS = "operator";
    /** The role of nodes. */
    public static final String NODES = "node";

    private static final Logger LOG = System.getLogger(LoginSignatures.class.getName());
    private static final String CONTEXT = "harmony signed document 1";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int MOST_REMEMBERED = 256;

    private final Supplier<Path> files;
    private final InstantSource clock;
    /** Guarded by this. */
    private Optional<Believed> believed = Optional.empty();
    /** Guarded by itself: a few people and agents sign all there is. */
    private final Map<LetIn, Boolean> letIn = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LetIn, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Whose words count, as the login says that was in the file as of that time. */
    private record Believed(Path file, FileTime asOf, Optional<PublicKey> operators, Optional<PublicKey> nodes) {}

    private record LetIn(String token, PublicKey by) {}

    /**
     * @param file of the login
     * @param clock by which what is signed is numbered
     */
    public LoginSignatures(Path file, InstantSource clock) {
        this(() -> file, clock);
    }

    /**
     * @param files says in which file the login is now
     */
    public LoginSignatures(Supplier<Path> files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public Payload sign(Place place, Payload document, Supplier<Optional<Serial>> before) {
        long number = before.get()
                .map(last -> Math.max(last.number() + 1, clock.millis()))
                .orElseGet(clock::millis);
        Path file = files.get();
        try (Login login = Login.readFile(file)) {
            if (isAfterEnd(login.token(), number)) {
                throw new MeshUnavailableException(
                        new Cause(
                                "the login of '%s' is over before %s, from when on something new could be said"
                                        .formatted(login.token().name(), Instant.ofEpochMilli(number)),
                                where(place),
                                "look at the clock here; if it is right, somebody signed by a clock that was ahead: sign with a login that lasts longer, `harmony mesh login --days`"));
            }
            String signature = BASE64.encodeToString(login.key().sign(message(place, number, document)));
            return new SignedForm(login.token().text(), number, signature, document).payload();
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
            Believed now = believed(file);
            return now.operators().isEmpty()
                    ? new Word.Unchecked(SignedForm.documentOf(payload))
                    : read(place, payload, now);
        } catch (InvalidValueException e) {
            return new Word.Refused(unusable(file, e));
        }
    }

    private Word read(Place place, Payload payload, Believed now) {
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

    private Word read(Place place, SignedForm form, Believed now) {
        Token token;
        byte[] signature;
        try {
            token = Token.parse(form.token());
            signature = Base64.getUrlDecoder().decode(form.signature());
        } catch (IllegalArgumentException e) {
            return refused(place, "what its first line has in place of an author or a signature is none");
        }
        if (authors(place, token, now).noneMatch(by -> isLetIn(token, by))) {
            return refused(place, "it is signed by %s, who is not believed in that".formatted(token.about()));
        }
        if (isAfterEnd(token, form.number())) {
            return refused(
                    place,
                    "'%s' signed it as of %s, when that login is over"
                            .formatted(token.name(), Instant.ofEpochMilli(form.number())));
        }
        return token.about().isSigned(message(place, form.number(), form.document()), signature)
                ? new Word.Signed(form.document(), new Serial(form.number(), digest(form.document())))
                : refused(
                        place,
                        "the signature is not that of '%s' under this: it was changed, or belongs elsewhere"
                                .formatted(token.name()));
    }

    private static Stream<PublicKey> authors(Place place, Token token, Believed now) {
        return switch (place.author()) {
            case Author.Operator() -> now.operators().stream();
            case Author.Node(var id) ->
                token.name().equals(id.value())
                        ? Stream.of(now.nodes(), now.operators()).flatMap(Optional::stream)
                        : Stream.of();
        };
    }

    private boolean isLetIn(Token token, PublicKey by) {
        LetIn asked = new LetIn(token.text(), by);
        synchronized (letIn) {
            if (letIn.containsKey(asked)) {
                return true;
            }
        }
        boolean isLetIn = token.isLetInBy(by);
        if (isLetIn) {
            synchronized (letIn) {
                letIn.put(asked, true);
            }
        }
        return isLetIn;
    }

    /** A file that cannot be read any more takes nothing from what was known by it. */
    private synchronized Believed believed(Path file) {
        Optional<FileTime> asOf = modified(file);
        if (believed.filter(known -> asOf.isEmpty()
                        || (known.file().equals(file) && asOf.get().equals(known.asOf())))
                .isEmpty()) {
            try (Login login = Login.readFile(file)) {
                believed = Optional.of(believed(login.token(), file, asOf.orElse(FileTime.fromMillis(0))));
            }
        }
        return believed.orElseThrow();
    }

    private static Believed believed(Token token, Path file, FileTime asOf) {
        Optional<PublicKey> operators = token.keyOf(OPERATORS);
        if (operators.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "The login of {0} does not say who is believed, so whatever stands in the mesh is; replace {1}: `harmony mesh login` writes one that does",
                    token.name(),
                    file);
        }
        return new Believed(file, asOf, operators, token.keyOf(NODES));
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
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
