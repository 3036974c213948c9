package io.nationtech.harmony.os.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.mesh.contract.Eventually;
import io.nationtech.harmony.os.update.OsRelease.ReleaseFile;
import io.nationtech.harmony.os.update.OsRelease.Sort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes of one site that upgrade to one release, each with a machine and an agent's upgrades of its own; they reach each other over loopback. */
class SiteTest {
    private static final int NODES = 5;
    private static final Limits LIMITS = new Limits(
            Duration.ofMinutes(2),
            Duration.ofSeconds(20),
            Duration.ofMillis(500),
            Duration.ofMillis(5),
            Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    private TrialRelease release;
    private TrialServer upstream;
    private final TrialSite site = new TrialSite();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        release = new TrialRelease(folder.resolve("release"));
        upstream = new TrialServer(release.folder);
        open.add(upstream);
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    /** A node of the site. */
    private final class TrialNode implements AutoCloseable {
        private final int number;
        private final Path own;
        private final TrialMachine machine;
        private Upgrades upgrades;

        TrialNode(int number) throws IOException {
            this.number = number;
            this.own = folder.resolve("n" + number);
            Path staging = own.resolve("os-update");
            this.machine = new TrialMachine(Files.createDirectories(own.resolve("machine")), staging);
            release.trustIn(own.resolve("keys"));
            this.upgrades = agent();
            open.add(this);
        }

        private Upgrades agent() throws IOException {
            Upgrades begun = new Upgrades(
                    new Upgrades.Running(machine.running, TrialRelease.HERE),
                    machine,
                    new Upgrades.Places(
                            own.resolve("keys"),
                            own.resolve("os-update"),
                            own.resolve("os/upgrade.json"),
                            own.resolve("os/last-failure"),
                            own.resolve("offers")),
                    site.seenBy(number),
                    LIMITS,
                    InstantSource.system());
            begun.start();
            return begun;
        }

        void upgrade() {
            upgrades.upgrade(new UpgradeOrder(TrialRelease.NEW, upstream.place()));
        }

        void startAgain() throws IOException {
            upgrades.close();
            upgrades = agent();
        }

        void assertWritten() throws IOException {
            Eventually.holds("n%d asked for a restart".formatted(number), Duration.ofMinutes(1), () -> {
                assertTrue(
                        upgrades.now().failed().isEmpty(), () -> upgrades.now().toString());
                return machine.restarts.get() > 0;
            });
            byte[] usr = TrialRelease.content(TrialRelease.NEW, Sort.USR);
            assertArrayEquals(usr, machine.content("harmony_" + TrialRelease.NEW, usr.length));
        }

        @Override
        public void close() {
            upgrades.close();
        }
    }

    /** How often each compressed file was asked for upstream. */
    private Map<String, Long> asked() {
        return upstream.requests.stream()
                .map(request -> request.split(" ")[0])
                .filter(name -> name.endsWith(".zst"))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    private Map<String, Long> eachOnce() throws IOException {
        return release.read().parts().stream()
                .collect(Collectors.toMap(part -> part.file().name(), _ -> 1L));
    }

    @Test
    void whatManyNodesFetchAtOnceComesOverTheUplinkOnce() throws IOException {
        upstream.ill.put(".zst", upstream.slowly(60_000, Duration.ofMillis(50)));
        List<TrialNode> nodes = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            nodes.add(new TrialNode(number));
        }

        nodes.forEach(TrialNode::upgrade);

        for (TrialNode node : nodes) {
            node.assertWritten();
        }
        assertEquals(eachOnce(), asked());
    }

    @Test
    void whoComesLaterGetsItFromWhoHasIt() throws IOException {
        TrialNode first = new TrialNode(2);
        first.upgrade();
        first.assertWritten();
        upstream.requests.clear();
        first.machine.boots++;
        first.machine.running = TrialRelease.NEW;
        first.startAgain();

        TrialNode later = new TrialNode(1);
        later.upgrade();
        later.assertWritten();

        assertEquals(Map.of(), asked());
    }

    @Test
    void whenWhoFetchesDiesAnotherTakesOver() throws IOException {
        upstream.ill.put(".usr.raw.zst", upstream.hanging(1_000));
        TrialNode fetching = new TrialNode(1);
        TrialNode waiting = new TrialNode(2);
        fetching.upgrade();
        Eventually.holds("it fetches", () -> asked().values().stream().anyMatch(times -> times > 0));
        waiting.upgrade();
        upstream.ill.clear();
        fetching.close();
        site.tell("n1", new InetSocketAddress(TrialSite.address(1), 9));

        waiting.assertWritten();
    }

    @Test
    void withoutRoomToKeepItNothingIsKept() throws IOException {
        Offers offers = new Offers(folder.resolve("offers"), site.seenBy(1).neighbours());
        ReleaseFile usr = release.read().part(Sort.USR).file();
        offers.keep(Offers.Room.TOO_LITTLE);
        offers.add(usr, release.folder.resolve(usr.name()));
        assertTrue(offers.isEmpty());

        offers.keep(Offers.Room.ENOUGH);
        offers.add(usr, release.folder.resolve(usr.name()));
        assertTrue(!offers.isEmpty());
    }

    /** What a neighbour may do to others. */
    private enum Lie {
        SOMETHING_ELSE {
            @Override
            void answer(HttpExchange exchange, byte[] file) throws IOException {
                exchange.sendResponseHeaders(200, file.length);
                exchange.getResponseBody().write(new byte[file.length]);
            }
        },
        ANOTHER_LENGTH {
            @Override
            void answer(HttpExchange exchange, byte[] file) throws IOException {
                exchange.sendResponseHeaders(200, file.length + 1);
                exchange.getResponseBody().write(file);
            }
        },
        DROPS {
            @Override
            void answer(HttpExchange exchange, byte[] file) throws IOException {
                exchange.sendResponseHeaders(200, file.length);
                OutputStream out = exchange.getResponseBody();
                for (byte one : file) {
                    out.write(one);
                    out.flush();
                    pause(Duration.ofMillis(300));
                }
            }
        },
        SILENCE {
            @Override
            void answer(HttpExchange exchange, byte[] file) throws IOException {
                exchange.sendResponseHeaders(200, file.length);
                pause(Duration.ofMinutes(1));
            }
        },
        ELSEWHERE {
            @Override
            void answer(HttpExchange exchange, byte[] file) throws IOException {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                exchange.sendResponseHeaders(302, -1);
            }
        };

        abstract void answer(HttpExchange exchange, byte[] file) throws IOException;

        static void pause(Duration time) throws IOException {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** A neighbour with everything, which lies; tells how often it was asked to give something. */
    private List<String> liar(String name, Lie lie) throws IOException {
        Map<String, Path> files = release.read()
                .files()
                .collect(Collectors.toMap(file -> "/" + file.sha256(), file -> release.folder.resolve(file.name())));
        List<String> given = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(TrialSite.address(200), 0), 8);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.sendResponseHeaders(200, -1);
                } else {
                    given.add(path);
                    lie.answer(exchange, Files.readAllBytes(files.get(path)));
                }
            }
        });
        server.start();
        open.add(() -> {
            threads.shutdownNow();
            server.stop(0);
        });
        site.tell(name, server.getAddress());
        return given;
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void whoLiesIsGivenUpAndTheReleaseComesFromWhereItLies(Lie lie) throws IOException {
        List<String> given = liar("a-liar", lie);
        TrialNode node = new TrialNode(1);

        node.upgrade();
        node.assertWritten();

        assertEquals(eachOnce(), asked());
        int most = lie == Lie.SOMETHING_ELSE || lie == Lie.DROPS ? 1 : 3;
        assertTrue(!given.isEmpty() && given.size() <= most, given::toString);
    }

    @Test
    void whoOnlySaysThatItFetchesIsNotWaitedForWithoutEnd() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(TrialSite.address(200), 0), 8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set(Offers.CLAIM, "fetching");
                exchange.sendResponseHeaders(202, -1);
            }
        });
        server.start();
        open.add(() -> server.stop(0));
        site.tell("a-liar", server.getAddress());
        SiteLimits limits = new SiteLimits(
                Duration.ofSeconds(1), Duration.ZERO, Duration.ofMillis(20), Duration.ofSeconds(1), 300_000);
        Neighbours seen = site.seenBy(1).neighbours();
        try (Offers offers = new Offers(folder.resolve("offers"), seen)) {
            Neighbourhood neighbourhood = new Neighbourhood(seen, offers, limits);
            ReleaseFile usr = release.read().part(Sort.USR).file();
            long begun = System.nanoTime();

            assertTrue(!neighbourhood.take(usr, folder.resolve("usr")));

            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertTrue(millis >= 1_000 && millis < 5_000, () -> millis + " ms");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String status(InetAddress from, String request) throws IOException {
        InetSocketAddress place = site.where("n1").orElseThrow();
        try (Socket socket = new Socket(place.getAddress(), place.getPort(), from, 0)) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.replaceFirst("HTTP/1.1 ", "");
        }
    }

    @Test
    void nothingIsGivenButWhatIsAskedForByItsDigestAndToNobodyElse() throws IOException {
        TrialNode node = new TrialNode(1);
        node.upgrade();
        node.assertWritten();
        Files.writeString(node.own.resolve("offers/readme"), "not by digest");
        Path secret = Files.writeString(node.own.resolve("secret"), "of the node");
        String usr = release.read().part(Sort.USR).file().sha256();
        Files.createSymbolicLink(node.own.resolve("offers").resolve("0".repeat(64)), folder);
        InetAddress near = TrialSite.address(2);

        assertEquals("200", status(near, "GET /" + usr));
        assertEquals("200", status(near, "HEAD /" + usr));
        for (String path : List.of(
                "/",
                "/readme",
                "/../secret",
                "/..%2fsecret",
                "/" + secret,
                "//" + usr,
                "/" + usr + "/",
                "/" + usr.toUpperCase(java.util.Locale.ROOT),
                "/" + "0".repeat(64),
                "/" + "f".repeat(64))) {
            String status = status(near, "GET " + path);
            assertTrue(status.equals("404") || status.equals("400"), () -> path + ": " + status);
        }
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            assertEquals("405", status(near, method + " /" + usr), method);
        }
        InetAddress far = InetAddress.getByAddress(new byte[] {127, 61, 0, 2});
        assertEquals("403", status(far, "GET /" + usr));
        assertEquals("403", status(far, "HEAD /" + usr));
        assertEquals(Optional.of(TrialSite.address(1)), site.where("n1").map(InetSocketAddress::getAddress));
    }

    @Test
    void whatIsOfAnotherReleaseIsGivenNoMore() throws IOException {
        TrialNode node = new TrialNode(1);
        Path old = Files.createDirectories(node.own.resolve("offers")).resolve("a".repeat(64));
        Files.writeString(old, "of the release before");

        node.upgrade();
        node.assertWritten();

        try (Stream<Path> kept = Files.list(node.own.resolve("offers"))) {
            assertEquals(
                    release.read().files().map(ReleaseFile::sha256).sorted().toList(),
                    kept.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void noTwoFetchWhoBeginAtTheSameMoment() throws Exception {
        ReleaseFile usr = release.read().part(Sort.USR).file();
        SiteLimits limits = new SiteLimits(
                Duration.ofMillis(400), Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofSeconds(1), 300_000);
        for (int round = 0; round < 20; round++) {
            TrialSite fresh = new TrialSite();
            List<Offers> all = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int number = 1; number <= NODES; number++) {
                Path own = folder.resolve("offers-" + number);
                Neighbours seen = fresh.seenBy(number).neighbours();
                Offers offers = new Offers(own, seen);
                offers.look();
                all.add(offers);
                threads.add(
                        Thread.ofVirtual().unstarted(() -> claim(new Neighbourhood(seen, offers, limits), usr, own)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                assertTrue(thread.join(Duration.ofSeconds(20)));
            }
            assertEquals(
                    1,
                    all.stream()
                            .filter(offers -> offers.claimed(usr).equals(Optional.of(Offers.Claim.FETCHING)))
                            .count());
            all.forEach(Offers::close);
        }
    }

    private static void claim(Neighbourhood neighbourhood, ReleaseFile file, Path where) {
        try {
            neighbourhood.take(file, where);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
