package io.nationtech.harmony.os.update;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gives files of a release to the site, over HTTP at an address and to addresses that only the site has: {@code GET /<SHA-256>}. What has that
 * digest lies in one folder under that name, and nothing else is ever read. {@code HEAD} says whether it is there (200), given to many just now (503), or
 * to come (202, and how far that is in {@link #CLAIM}). Safe for use by several threads.
 */
final class Offers implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Offers.class.getName());
    /** The field of an answer that says what this node is about to do. */
    static final String CLAIM = "Harmony-Claim";

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    /** Of an uplink's speed a site has many times; of a node's disk it has little. */
    private static final int AT_ONCE = 4;

    private static final int MOST_CONNECTIONS = 64;
    private static final int BACKLOG = 16;
    private static final int NOTHING_FOLLOWS = -1;
    private static final Duration LOOK = Duration.ofSeconds(30);

    static {
        // The platform's server takes bounds from here alone, in seconds; nothing else of the agent serves by it.
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "900");
        System.setProperty("sun.net.httpserver.idleInterval", "10");
    }

    /** How far this node is with a file that it has not. */
    enum Claim {
        /** It would fetch it, and has yet to see whether another does. */
        CLAIMED,
        /** It fetches it. */
        FETCHING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path folder;
    private final Neighbours neighbours;
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answers = new Semaphore(AT_ONCE);
    private volatile Room keeping = Room.TOO_LITTLE;
    private Optional<HttpServer> server = Optional.empty();
    private Optional<Thread> looking = Optional.empty();
    private boolean isClosed;

    /** @param folder on the disk where files are fetched to; it is made when it is needed */
    Offers(Path folder, Neighbours neighbours) {
        this.folder = folder;
        this.neighbours = neighbours;
    }

    /**
     * Begins to give, as soon as there is an address for it, and at another when that changes. Returns at once. That it cannot is said in the log, and
     * stops nothing.
     */
    synchronized void open() {
        if (looking.isEmpty() && !isClosed) {
            looking = Optional.of(Thread.ofVirtual().name("offers").start(this::lookAgainAndAgain));
        }
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        }
    }

    /** Sees to it that it gives at the address that there is now. */
    void look() {
        // Outside the lock: names may have to be looked up.
        Optional<InetAddress> here = neighbours.here();
        synchronized (this) {
            if (isClosed) {
                return;
            }
            if (server.isPresent()
                    && !here.equals(server.map(one -> one.getAddress().getAddress()))) {
                stop();
            }
            if (server.isEmpty()) {
                here.ifPresent(this::open);
            }
        }
    }

    private void open(InetAddress here) {
        try {
            HttpServer opened = HttpServer.create(new InetSocketAddress(here, 0), BACKLOG);
            opened.createContext("/", this::answer);
            opened.setExecutor(threads);
            opened.start();
            server = Optional.of(opened);
            neighbours.announce(opened.getAddress());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Files of releases cannot be given to neighbours at {0}: {1}", here, e.toString());
        }
    }

    private void stop() {
        if (server.isPresent()) {
            neighbours.withdraw();
            server.get().stop(0);
            server = Optional.empty();
        }
    }

    /** Whether it has anything. */
    boolean isEmpty() throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Whether there is room for what is given. */
    enum Room {
        ENOUGH,
        TOO_LITTLE
    }

    /** From now on files are kept, or not. */
    void keep(Room room) {
        keeping = room;
    }

    /** Takes away all but these. */
    void keepOnly(Set<String> digests) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (!digests.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * Gives it from now on, where there is room and somebody to give it to; it stays where it lies, too.
     *
     * @param whole what was found to have that digest
     */
    void add(ReleaseFile file, Path whole) {
        if (keeping == Room.TOO_LITTLE || neighbours.here().isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.createLink(folder.resolve(file.sha256()), whole);
        } catch (FileAlreadyExistsException e) {
            // It is given already.
        } catch (IOException e) {
            LOG.log(Level.WARNING, "{0} cannot be kept for neighbours: {1}", file.name(), e.toString());
        }
    }

    /** Puts it there, if it is given here. */
    boolean take(ReleaseFile file, Path whole) throws IOException {
        Path own = folder.resolve(file.sha256());
        if (!Digest.is(own, file.bytes(), file.sha256())) {
            return false;
        }
        Files.deleteIfExists(whole);
        Files.createLink(whole, own);
        return true;
    }

    void claim(ReleaseFile file, Claim claim) {
        claims.put(file.sha256(), claim);
    }

    /** How far this node is with it. */
    Optional<Claim> claimed(ReleaseFile file) {
        return Optional.ofNullable(claims.get(file.sha256()));
    }

    void release(ReleaseFile file) {
        claims.remove(file.sha256());
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            if (!neighbours.isNear(exchange.getRemoteAddress().getAddress())) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_FORBIDDEN, NOTHING_FOLLOWS);
                return;
            }
            String digest = exchange.getRequestURI().getRawPath().replaceFirst("^/", "");
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> exchange.sendResponseHeaders(status(exchange, digest), NOTHING_FOLLOWS);
                case "GET" -> give(exchange, digest);
                default -> exchange.sendResponseHeaders(HttpURLConnection.HTTP_BAD_METHOD, NOTHING_FOLLOWS);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A neighbour did not take all that it asked for: {0}", e.toString());
        }
    }

    private int status(HttpExchange exchange, String digest) {
        if (find(digest).isPresent()) {
            return answers.availablePermits() > 0 ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE;
        }
        Optional<Claim> claim = Optional.ofNullable(claims.get(digest));
        claim.ifPresent(one -> exchange.getResponseHeaders().set(CLAIM, one.word()));
        return claim.isPresent() ? HttpURLConnection.HTTP_ACCEPTED : HttpURLConnection.HTTP_NOT_FOUND;
    }

    private Optional<Path> find(String digest) {
        return NAME.matcher(digest).matches()
                ? Optional.of(folder.resolve(digest)).filter(Files::isRegularFile)
                : Optional.empty();
    }

    private void give(HttpExchange exchange, String digest) throws IOException {
        Optional<Path> file = find(digest);
        if (file.isEmpty()) {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_FOUND, NOTHING_FOLLOWS);
            return;
        }
        if (!answers.tryAcquire()) {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_UNAVAILABLE, NOTHING_FOLLOWS);
            return;
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, Files.size(file.get()));
            in.transferTo(exchange.getResponseBody());
        } finally {
            answers.release();
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        looking.ifPresent(Thread::interrupt);
        stop();
        threads.shutdownNow();
    }
}
