package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.Mesh;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.Subscription;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The connection itself: made now or in the background, made again by jnats, and what went wrong with it. */
final class NatsLink implements ConnectionListener, ErrorListener, AutoCloseable {
    private static final Logger LOG = System.getLogger(NatsLink.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration RETRY_WAIT = Duration.ofSeconds(1);
    private static final Duration FLEET_JITTER = Duration.ofSeconds(2);
    private static final int SMALL_BUFFER = 8 * 1024;
    private static final int QUEUE = 1_000;

    private final NatsOptions options;
    private final List<Consumer<Mesh.Status>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<Connection> connection = new AtomicReference<>();
    private final AtomicReference<Mesh.Status> told = new AtomicReference<>(Mesh.Status.DISCONNECTED);
    private final AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());
    private volatile boolean closed;
    private volatile Thread connector = Thread.ofVirtual().name("mesh-connect").unstarted(this::keepTrying);

    NatsLink(NatsOptions options) {
        this.options = options;
    }

    void connectNow() {
        try {
            connection.set(Nats.connect(jnatsOptions()));
        } catch (IOException e) {
            throw new MeshUnavailableException(whyNoConnection(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshUnavailableException(away(), e);
        }
        if (!current().getServerInfo().isJetStreamAvailable()) {
            close();
            throw new MeshUnavailableException(new Cause(
                    "the server keeps no data: JetStream is off",
                    options.where(),
                    "start it with JetStream: `nats-server -js`"));
        }
    }

    void connectInBackground() {
        connector.start();
    }

    private void keepTrying() {
        Optional<String> lastTrouble = Optional.empty();
        while (!closed && connection.get() == null) {
            try {
                connectNow();
            } catch (MeshUnavailableException e) {
                String trouble = e.why().what();
                if (lastTrouble.filter(trouble::equals).isEmpty()) {
                    LOG.log(Level.WARNING, "{0}; trying again until it works", e.getMessage());
                }
                lastTrouble = Optional.of(trouble);
                pause();
            }
        }
        if (closed) {
            closeConnection();
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private Options jnatsOptions() {
        ThreadFactory threads = Thread.ofVirtual().name("nats-", 0).factory();
        return Options.builder()
                .servers(options.servers().stream()
                        .map(address -> address.uri().toString())
                        .toArray(String[]::new))
                .connectionName(options.connectionName())
                .connectionTimeout(CONNECT_TIMEOUT)
                .maxReconnects(-1)
                .reconnectWait(RETRY_WAIT)
                .reconnectJitter(FLEET_JITTER)
                .pingInterval(Duration.ofSeconds(20))
                .reconnectBufferSize(0)
                .maxMessagesInOutgoingQueue(QUEUE)
                .bufferSize(SMALL_BUFFER)
                .reportNoResponders()
                .executor(java.util.concurrent.Executors.newThreadPerTaskExecutor(threads))
                .connectThreadFactory(threads)
                .callbackThreadFactory(threads)
                .readerThreadFactory(threads)
                .writerThreadFactory(threads)
                .connectionListener(this)
                .errorListener(this)
                .build();
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

    /** The connection, if it is up right now. */
    Connection up() {
        Connection now = connection.get();
        if (now == null || now.getStatus() != Connection.Status.CONNECTED) {
            throw new MeshUnavailableException(away());
        }
        return now;
    }

    /** The connection, up or not; empty before the first time it was up. */
    Optional<Connection> known() {
        return Optional.ofNullable(connection.get());
    }

    private Connection current() {
        return known().orElseThrow();
    }

    JetStreamOptions jetStreamOptions() {
        return JetStreamOptions.builder()
                .requestTimeout(options.requestTimeout())
                .build();
    }

    NatsOptions options() {
        return options;
    }

    /** What a failed operation is to be called, knowing what the server refused lately. */
    MeshUnavailableException failed(String operation, Exception e) {
        Optional<String> violation = refusal.getAndSet(Optional.empty());
        if (violation.isPresent()) {
            return new MeshUnavailableException(
                    new Cause(
                            "the mesh refused to %s: %s".formatted(operation, violation.get()),
                            options.where(),
                            "use credentials that allow it"),
                    e);
        }
        if (status() == Mesh.Status.DISCONNECTED) {
            return new MeshUnavailableException(away(), e);
        }
        return new MeshUnavailableException(
                new Cause(
                        "the mesh did not %s: %s".formatted(operation, e.getMessage()),
                        options.where(),
                        "look at the server's log, and whether its disk is full (`df -h`); then try again"),
                e);
    }

    private Cause away() {
        return new Cause(
                "the mesh is away",
                options.where(),
                "check the address and the network, and that nats-server runs there; try again");
    }

    private Cause whyNoConnection(IOException e) {
        for (NatsAddress address : options.servers()) {
            if (accepts(address)) {
                return new Cause(
                        "something answers, but not as a NATS server that lets us in: " + e.getMessage(),
                        options.where(),
                        "check the port (NATS' own is 4222) and the credentials");
            }
        }
        return new Cause(
                "no mesh answers: " + e.getMessage(),
                options.where(),
                "check the address and the network, and that nats-server runs there with JetStream (`nats-server -js`)");
    }

    private static boolean accepts(NatsAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.uri().getHost(), address.uri().getPort()),
                    Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still, and called by the newer form
    public void connectionEvent(Connection source, Events event) {
        switch (event) {
            // Subscriptions are back only with RESUBSCRIBED; a watch that read before would miss what comes in between.
            case CONNECTED, RESUBSCRIBED -> {
                connection.set(source);
                tell(Mesh.Status.CONNECTED);
            }
            case DISCONNECTED, CLOSED -> tell(Mesh.Status.DISCONNECTED);
            default -> LOG.log(Level.DEBUG, "{0}", event);
        }
    }

    private void tell(Mesh.Status status) {
        if (!closed && told.getAndSet(status) != status) {
            listeners.forEach(listener -> listener.accept(status));
        }
    }

    @Override
    public void errorOccurred(Connection source, String error) {
        if (error.contains("Permissions Violation")) {
            refusal.set(Optional.of(error));
        }
        LOG.log(Level.WARNING, "The mesh says: {0}", error);
    }

    @Override
    public void exceptionOccurred(Connection source, Exception e) {
        LOG.log(Level.DEBUG, "Mesh connection: {0}", String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        closed = true;
        connector.interrupt();
        closeConnection();
    }

    private void closeConnection() {
        try {
            Connection now = connection.get();
            if (now != null) {
                now.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
