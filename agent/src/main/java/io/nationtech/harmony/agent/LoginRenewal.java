package io.nationtech.harmony.agent;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.fleet.NodeLogins;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.LoginSignatures;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.Secret;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sees to it that this node has a login for a key of its own that goes on: a login that ends soon, as that on a stick does, or says too little, is shown once more
 * to ask for another, by a key that is made here and never leaves the machine. Until one is issued nothing changes.
 */
final class LoginRenewal implements AutoCloseable {
    private static final Logger LOG = System.getLogger(LoginRenewal.class.getName());
    private static final Duration WAITING = Duration.ofSeconds(5);
    private static final Duration HAVING = Duration.ofMinutes(10);
    private static final Duration AGAIN = Duration.ofDays(1);

    private final NodeId node;
    private final LoginFiles files;
    private final Path next;
    private final OwnRecoveryKey recovery;
    private final NodeLogins logins;
    private final InstantSource clock;
    private Optional<Thread> looking = Optional.empty();
    private Instant told = Instant.EPOCH;

    /**
     * @param next where the key is kept for which a login is asked
     * @param recovery what it has to be told for whom to seal
     */
    LoginRenewal(
            NodeId node, LoginFiles files, Path next, OwnRecoveryKey recovery, NodeLogins logins, InstantSource clock) {
        this.node = node;
        this.files = files;
        this.next = next;
        this.recovery = recovery;
        this.logins = logins;
        this.clock = clock;
    }

    /** Begins; the folder of kept state is there by then. */
    synchronized void start() {
        if (looking.isEmpty()) {
            looking = Optional.of(Thread.ofVirtual().name("login").start(this::lookAgainAndAgain));
        }
    }

    private void lookAgainAndAgain() {
        try {
            Duration wait = WAITING;
            while (true) {
                wait = switch (look()) {
                    case HAS_WHAT_IT_NEEDS -> HAVING;
                    case ASKS -> WAITING;
                    case CANNOT_ASK -> shorter(HAVING, wait.multipliedBy(2));
                };
                recovery.look();
                Thread.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private enum Found {
        HAS_WHAT_IT_NEEDS,
        ASKS,
        CANNOT_ASK
    }

    private Found look() {
        try (Login login = Login.readFile(files.newest())) {
            if (isGoodForLong(login.token())) {
                end();
                return Found.HAS_WHAT_IT_NEEDS;
            }
            if (!isOfNode(login.token(), login.token())) {
                tell(login.token(), "it is not that of a node, so replace it: `harmony mesh login` writes another");
                return Found.HAS_WHAT_IT_NEEDS;
            }
            try (KeyPair key = key()) {
                Optional<Token> issued = issued(login.token(), key);
                if (issued.isPresent()) {
                    take(new Login(issued.get(), key));
                    return Found.HAS_WHAT_IT_NEEDS;
                }
                logins.ask(node, key.publicKey().text());
            }
            tell(
                    login.token(),
                    "it asks for one by a key of its own. Whoever runs the mesh issues it: `harmony mesh renew`");
            return Found.ASKS;
        } catch (MeshUnavailableException e) {
            LOG.log(Level.DEBUG, "A login is asked for later: {0}", e.why());
        } catch (InvalidValueException | IOException e) {
            LOG.log(Level.WARNING, "No login can be asked for: {0}", e.toString());
        }
        return Found.CANNOT_ASK;
    }

    /** One that does not say who revokes others, who lets deployers in, or for whom to seal what opens the disk, is replaced, too. */
    private boolean isGoodForLong(Token token) {
        return !token.endsSoon(clock.instant())
                && token.keyOfMesh().isPresent()
                && token.keyOf(LoginSignatures.DEPLOYERS).isPresent()
                && (token.recovery().isPresent() || !recovery.isThere());
    }

    private void tell(Token token, String what) {
        Instant now = clock.instant();
        if (now.isAfter(told.plus(AGAIN))) {
            told = now;
            LOG.log(
                    Level.WARNING,
                    "The login of {0}, until {1}, is to be replaced; {2}",
                    token.name(),
                    token.until().orElse(Instant.MAX),
                    what);
        }
    }

    /** The same over restarts, so that what was issued for it can be taken up. */
    private KeyPair key() throws IOException {
        if (Files.exists(next)) {
            try (Secret seed = Secret.takeFrom(Files.readAllBytes(next))) {
                return KeyPair.ofSeed(seed);
            } catch (InvalidValueException e) {
                LOG.log(Level.WARNING, "{0} has no key any more; another is made", next);
            }
        }
        KeyPair fresh = KeyPair.generate(KeyKind.USER);
        write(next, fresh.seed());
        return fresh;
    }

    /** What was issued for another key is for another; whoever else writes there gets nothing by it. */
    private Optional<Token> issued(Token own, KeyPair key) {
        return logins.issued(node)
                .flatMap(LoginRenewal::token)
                .filter(token ->
                        token.about().equals(key.publicKey()) && token.name().equals(node.value()))
                .filter(token -> !token.endsSoon(clock.instant()))
                .filter(token -> isOfNode(token, own));
    }

    /** Whether a login is that of a node, as another one says who lets nodes in. */
    private static boolean isOfNode(Token token, Token by) {
        return by.keyOf(LoginSignatures.NODES).filter(token::isLetInBy).isPresent();
    }

    private static Optional<Token> token(String text) {
        try {
            return Optional.of(Token.parse(text));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private void take(Login login) throws IOException {
        try (Secret text = login.text()) {
            write(files.own(), text);
        }
        told = Instant.EPOCH;
        LOG.log(
                Level.INFO,
                "Node {0} has a login for a key of its own, until {1}",
                node,
                login.token().until().orElse(Instant.MAX));
        end();
    }

    /** Nothing is wanted any more; after a crash somebody may still be told otherwise. */
    private void end() throws IOException {
        if (Files.exists(next)) {
            logins.taken(node);
            DurableFile.delete(next);
        }
    }

    private static void write(Path file, Secret secret) throws IOException {
        Optional<IOException> failed = secret.read(bytes -> {
            try {
                DurableFile.replacePrivate(file, bytes);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(e);
            }
        });
        if (failed.isPresent()) {
            throw failed.get();
        }
    }

    @Override
    public synchronized void close() {
        looking.ifPresent(Thread::interrupt);
    }
}
