package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.BucketName;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Omissions;
import io.nationtech.harmony.mesh.Payload;
import io.nationtech.harmony.mesh.PayloadTooLargeException;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.mesh.nats.NatsAccess.Identity;
import io.nationtech.harmony.mesh.nats.NatsAddress.Credentials;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connection itself, and what went wrong with it. jnats connects again by itself, until a server refuses it twice: then it
 * closes the connection for good, and another one is made here, for as long as it takes.
 */
final class NatsLink implements ConnectionListener, ErrorListener, AutoCloseable {
    private static final Logger LOG = System.getLogger(NatsLink.class.getName());
    /** Of somebody who waits for it. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    /**
     * Of all others: a server to which a whole fleet comes back takes its time, and who gave up would only come again. Not longer, as jnats waits
     * for all of it where a login is refused.
     */
    private static final Duration PATIENT_TIMEOUT = Duration.ofSeconds(5);
    /** Between looking why there is no connection, which takes another one: not before a second attempt has failed. */
    private static final int ATTEMPTS_PER_LOOK = 8;

    /** jnats has no type for it. */
    private static final String NO_ANSWER = "Timeout or no response waiting for NATS JetStream server";

    private static final int MOST_REMEMBERED = 1_000;
    private static final int SMALL_BUFFER = 8 * 1024;
    private static final int QUEUE = 1_000;

    private final NatsOptions options;
    private final List<Consumer<Mesh.Status>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<io.nats.client.Consumer>> overflows = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> refusals = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private final AtomicReference<Mesh.Status> told = new AtomicReference<>(Mesh.Status.DISCONNECTED);
    private final AtomicReference<Optional<LoggedIn>> login = new AtomicReference<>(Optional.empty());
    /** The word of the login that was revoked while we were connected by it. */
    private final AtomicReference<Optional<String>> revoked = new AtomicReference<>(Optional.empty());

    private final AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());
    private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
    private final Semaphore connectAgain = new Semaphore(0);
    private final Thread connector = Thread.ofVirtual().name("mesh-connect").unstarted(this::keepConnected);
    /** Without one, jnats has three threads of the system for each connection. */
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("nats-timer").factory());

    private volatile boolean closed;

    NatsLink(NatsOptions options) {
        this.options = options;
    }

    void connectNow() {
        try {
            connect(CONNECT_TIMEOUT);
        } catch (IOException e) {
            throw new MeshUnavailableException(whyNoConnection(e), e);
        }
        connector.start();
    }

    void connectInBackground() {
        connectAgain.release();
        connector.start();
    }

    private void connect(Duration timeout) throws IOException {
        logIn();
        Connection made;
        try {
            made = Nats.connect(jnatsOptions(timeout));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshUnavailableException(away(), e);
        }
        if (!keepsData(made)) {
            close(made);
            throw new MeshUnavailableException(new Cause(
                    "the server keeps no data: JetStream is off",
                    options.where(),
                    "start it with JetStream: `nats-server -js`"));
        }
        connection.set(made);
        if (closed || made.getStatus() == Connection.Status.CLOSED) {
            lose(made);
        }
    }

    /** From the first time that there is a login, it is read anew by jnats' own attempts. */
    private void logIn() {
        if (options.access().identity() instanceof Identity.OfLogin(var read)
                && login.get().isEmpty()) {
            try {
                login.set(Optional.of(new LoggedIn(read)));
            } catch (InvalidValueException e) {
                throw new MeshUnavailableException(
                        new Cause(
                                "the login cannot be used: " + e.getMessage(),
                                options.where(),
                                "get one from whoever runs the mesh: `harmony mesh login` writes it"),
                        e);
            }
        }
    }

    private static boolean keepsData(Connection made) {
        return made.getServerInfo().isJetStreamAvailable();
    }

    /** Waits until a connection is gone for good, and makes another. */
    private void keepConnected() {
        try {
            while (!closed) {
                connectAgain.acquire();
                keepTrying();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Connecting to {0} ends", options.where());
        }
    }

    private void keepTrying() throws InterruptedException {
        Optional<String> lastTrouble = Optional.empty();
        for (int attempts = 0; !closed && connection.get() == null; attempts++) {
            lastTrouble = tryOnce(attempts, lastTrouble);
            if (connection.get() == null) {
                TimeUnit.MILLISECONDS.sleep(options.retryPause(attempts).toMillis());
            }
        }
    }

    /** What is in the way, as far as it is known; it is told unless it is the same as last time. */
    private Optional<String> tryOnce(int attempts, Optional<String> lastTrouble) {
        try {
            connect(PATIENT_TIMEOUT);
            return Optional.empty();
        } catch (IOException e) {
            return e instanceof AuthenticationException || attempts % ATTEMPTS_PER_LOOK == 1
                    ? told(new MeshUnavailableException(whyNoConnection(e), e), lastTrouble)
                    : lastTrouble;
        } catch (MeshUnavailableException e) {
            return told(e, lastTrouble);
        } catch (RuntimeException e) {
            // The edge of a thread: without it, nobody would connect again.
            LOG.log(Level.ERROR, "Connecting to %s failed; trying again".formatted(options.where()), e);
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> told(MeshUnavailableException e, Optional<String> lastTrouble) {
        String trouble = e.why().what();
        if (lastTrouble.filter(trouble::equals).isEmpty()) {
            LOG.log(Level.WARNING, "{0}; trying again until it works", e.getMessage());
        }
        return Optional.of(trouble);
    }

    private void lose(Connection lost) {
        if (connection.compareAndSet(lost, null) && !closed) {
            LOG.log(Level.WARNING, "The mesh at {0} closed the connection; making another", options.where());
            connectAgain.release();
        }
        close(lost);
    }

    private Options jnatsOptions(Duration timeout) {
        ThreadFactory threads = Thread.ofVirtual().name("nats-", 0).factory();
        Options.Builder builder = Options.builder()
                // Credentials are given apart: whatever jnats says of a server, it cannot tell them.
                .servers(options.servers().stream()
                        .map(address -> address.uri().toString())
                        .toArray(String[]::new))
                .connectionName(options.connectionName())
                .connectionTimeout(timeout)
                .maxReconnects(-1)
                .reconnectDelayHandler(NatsOptions::reconnectPause)
                .reconnectDelayBehavior(Options.ReconnectDelayBehavior.BeforeAllRounds)
                // Whether it is there, the server asks: Silence.
                .pingInterval(Duration.ofMinutes(10))
                .reconnectBufferSize(0)
                .maxMessagesInOutgoingQueue(QUEUE)
                .bufferSize(SMALL_BUFFER)
                .reportNoResponders()
                .dataPortType(FilteredPort.class.getName())
                .executor(Executors.newThreadPerTaskExecutor(threads))
                .scheduledExecutor(timers)
                .connectThreadFactory(threads)
                .callbackThreadFactory(threads)
                .readerThreadFactory(threads)
                .writerThreadFactory(threads)
                .connectionListener(this)
                .errorListener(this);
        options.credentials().ifPresent(credentials -> {
            switch (credentials) {
                case Credentials.Password(String user, String password) ->
                    builder.userInfo(user.toCharArray(), password.toCharArray());
                case Credentials.Token(String token) -> builder.token(token.toCharArray());
            }
        });
        if (options.isSecure()) {
            // Certificates are for the names that people write, not for the numbers that jnats would find for them.
            builder.sslContext(options.access().tls()).hostnameResolveMode(Options.HostnameResolveMode.Unresolved);
        }
        login.get().ifPresent(own -> builder.authHandler(own).inboxPrefix("_INBOX.%s.".formatted(own.name())));
        return builder.build();
    }

    Mesh.Status status() {
        Connection now = connection.get();
        return now != null && now.getStatus() == Connection.Status.CONNECTED
                ? Mesh.Status.CONNECTED
                : Mesh.Status.DISCONNECTED;
    }

    Subscription onStatus(Consumer<Mesh.Status> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells whose messages come faster than they are handled, so that some are dropped. */
    Subscription onOverflow(Consumer<io.nats.client.Consumer> listener) {
        overflows.add(listener);
        return () -> overflows.remove(listener);
    }

    /** The connection, if it is up right now. */
    Connection up() {
        Connection now = connection.get();
        if (now == null || now.getStatus() != Connection.Status.CONNECTED) {
            throw new MeshUnavailableException(away());
        }
        return now;
    }

    /** Whether the server is one of several that keep the same. */
    boolean isCluster() {
        Connection now = connection.get();
        return now != null && now.getServerInfo().getCluster() != null;
    }

    /** Those that were named, and those that a server told of; what is no address is left out. */
    List<NatsAddress> servers() {
        Connection now = connection.get();
        Stream<String> told = now == null ? Stream.of() : now.getServers().stream();
        return Stream.concat(options.servers().stream(), told.flatMap(text -> address(text).stream()))
                .distinct()
                .toList();
    }

    private static Optional<NatsAddress> address(String told) {
        try {
            return Optional.of(NatsAddress.parse(told));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** What the server said when this connected; that it was configured anew since, it does not tell. */
    int largestMessage() {
        Connection now = connection.get();
        long told = now == null ? Payload.LARGEST : now.getServerInfo().getMaxPayload();
        return told > 0 && told < Payload.LARGEST ? (int) told : Payload.LARGEST;
    }

    /**
     * @param what that is to be sent
     * @param size in bytes, headers included
     * @throws PayloadTooLargeException when the server does not take so much
     */
    void requireRoom(String what, int size) {
        int most = largestMessage();
        if (size > most) {
            throw new PayloadTooLargeException(
                    what,
                    size,
                    new PayloadTooLargeException.Limit(
                            "and the server takes %d at most in one message".formatted(most),
                            options.where(),
                            "let it take more: `max_payload: %d` or more in nats-server's configuration (1 MiB where nothing is said), then `nats-server --signal reload`; or make it smaller: split the deployment"
                                    .formatted(size)));
        }
    }

    JetStreamOptions jetStreamOptions() {
        return JetStreamOptions.builder()
                .requestTimeout(options.requestTimeout())
                .build();
    }

    NatsOptions options() {
        return options;
    }

    /** As the server calls this connection. */
    String ownName() {
        return login.get().map(LoggedIn::publicKey).orElse(options.connectionName());
    }

    /** Says what was left out of a bucket, and does not repeat it at each reading. */
    void leftOut(BucketName bucket, Omissions omissions) {
        omissions.summary().ifPresent(summary -> {
            if (leftOut.size() >= MOST_REMEMBERED) {
                leftOut.clear();
            }
            if (leftOut.add(bucket + ": " + summary)) {
                LOG.log(
                        Level.WARNING,
                        "Left out of bucket ''{0}'', as another program wrote it: {1}; delete it",
                        bucket,
                        summary);
            }
        });
    }

    /** Tells that the server refuses a subject: whoever waits for an answer there waits in vain. */
    Subscription onRefusal(String subject, Runnable listener) {
        Consumer<String> heard = violation -> {
            if (violation.contains("\"%s\"".formatted(subject))) {
                listener.run();
            }
        };
        refusals.add(heard);
        return () -> refusals.remove(heard);
    }

    /** What a failed operation is to be called, knowing what the server refused lately. */
    MeshUnavailableException failed(String operation, Exception e) {
        Optional<String> violation = refusal.getAndSet(Optional.empty());
        if (violation.isPresent()) {
            return new MeshUnavailableException(
                    new Cause(
                            "the mesh refused to %s: %s".formatted(operation, violation.get()),
                            options.where(),
                            login.get()
                                    .map(own ->
                                            "the login of '%s' does not permit it; `harmony mesh login --operator` makes one for who deploys"
                                                    .formatted(own.name()))
                                    .orElse("use credentials that allow it")),
                    e);
        }
        if (status() == Mesh.Status.DISCONNECTED) {
            return new MeshUnavailableException(away(), e);
        }
        if (e instanceof SilentServer || NO_ANSWER.equals(e.getMessage())) {
            return new MeshUnavailableException(
                    new Cause(
                            "the mesh does not answer; it was to %s".formatted(operation),
                            options.where(),
                            "look at the server's log, whether nats-server is frozen or overloaded there, and whether its disk is full (`df -h`): make room then, and start it again, as it writes nothing until that; then try again"),
                    e);
        }
        return new MeshUnavailableException(
                new Cause(
                        "the mesh did not %s: %s".formatted(operation, e.getMessage()),
                        options.where(),
                        "look at the server's log, and whether its disk is full (`df -h`): make room then, and start it again; then try again"),
                e);
    }

    private Cause away() {
        return new Cause(
                "the mesh is away",
                options.where(),
                "check the address and the network, and that nats-server runs there; try again");
    }

    private Cause whyNoConnection(IOException e) {
        Answer answer = options.servers().stream()
                .map(address -> Answer.of(address, options.access(), login.get(), CONNECT_TIMEOUT))
                .max(Answer::compareTo)
                .orElse(Answer.NONE);
        return (answer == Answer.GREETING ? verdict(e) : answer).cause(e, options);
    }

    private Answer verdict(IOException e) {
        if (isRevoked()) {
            return Answer.LOGIN_IS_REVOKED;
        }
        return e instanceof AuthenticationException ? Answer.GREETING : Answer.NO_VERDICT;
    }

    private boolean isRevoked() {
        return revoked.get().isPresent() && revoked.get().equals(login.get().map(LoggedIn::token));
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still, and called by the newer form
    public void connectionEvent(Connection source, Events event) {
        switch (event) {
            case CONNECTED -> {
                // This may come before the thread that connected has got the connection.
                boolean isFirst = keepsData(source) && connection.compareAndSet(null, source);
                if (isFirst || source.equals(connection.get())) {
                    tell(Mesh.Status.CONNECTED);
                }
            }
            // Subscriptions are back only with RESUBSCRIBED; a watch that read before would miss what comes in between.
            case RESUBSCRIBED -> tell(Mesh.Status.CONNECTED);
            case DISCONNECTED -> tell(Mesh.Status.DISCONNECTED);
            case CLOSED -> {
                tell(Mesh.Status.DISCONNECTED);
                lose(source);
            }
            default -> LOG.log(Level.DEBUG, "{0}", event);
        }
    }

    private void tell(Mesh.Status status) {
        if (!closed && told.getAndSet(status) != status) {
            listeners.forEach(listener -> tell(listener, status));
        }
    }

    private static void tell(Consumer<Mesh.Status> listener, Mesh.Status status) {
        try {
            listener.accept(status);
        } catch (RuntimeException e) {
            // The edge of a thread: jnats would swallow it, and the other listeners would not be told.
            LOG.log(Level.ERROR, "A listener failed when the mesh became %s".formatted(status), e);
        }
    }

    @Override
    public void errorOccurred(Connection source, String error) {
        if (error.contains("Permissions Violation")) {
            refusal.set(Optional.of(error));
            refusals.forEach(listener -> listener.accept(error));
        }
        if (error.contains("Authentication Revoked")) {
            revoked.set(login.get().map(LoggedIn::token));
        }
        // Who connects is told by its name why they are not let in.
        Level level = error.contains("Authorization Violation") ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "The mesh says: {0}", error);
    }

    @Override
    public void exceptionOccurred(Connection source, Exception e) {
        LOG.log(Level.DEBUG, "Mesh connection: {0}", String.valueOf(e.getMessage()));
    }

    @Override
    public void slowConsumerDetected(Connection source, io.nats.client.Consumer consumer) {
        overflows.forEach(listener -> listener.accept(consumer));
    }

    @Override
    public void close() {
        closed = true;
        connector.interrupt();
        Optional.ofNullable(connection.get()).ifPresent(NatsLink::close);
        timers.shutdownNow();
        login.get().ifPresent(LoggedIn::close);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
