package io.nationtech.harmony.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.value.HttpPath;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever answers, a question ends in time. */
class HttpQuestionTest {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.1");

    private final HttpQuestion question = new HttpQuestion(System::nanoTime);
    private ServerSocket server;

    private interface Answer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, true",
        "HTTP/1.0 399, true",
        "HTTP/1.1 400 Bad Request, false",
        "HTTP/1.1 503 , false",
        "HTTP/1.1 20 OK, false",
        "SSH-2.0-OpenSSH, false"
    })
    void theStatusDecides(String line, boolean well) {
        answer(out -> out.write((line + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));

        assertEquals(well, question.isAnsweredWell(probe(5000), ADDRESS));
    }

    @Test
    void anInterimAnswerIsPassedOver() {
        answer(out -> out.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)));

        assertTrue(question.isAnsweredWell(probe(5000), ADDRESS));
    }

    @Test
    @Timeout(60)
    void endlessInterimAnswersAreNoAnswer() {
        answer(out -> {
            while (true) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertFalse(question.isAnsweredWell(probe(5000), ADDRESS));
    }

    @Test
    @Timeout(60)
    void aByteNowAndThenEndsWithTheTimeoutOfTheWhole() {
        answer(out -> {
            out.write("HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('2');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        });
        long before = System.nanoTime();

        assertFalse(question.isAnsweredWell(probe(300), ADDRESS));

        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took::toString);
    }

    @Test
    @Timeout(60)
    void silenceEndsWithTheTimeout() {
        answer(_ -> TimeUnit.MINUTES.sleep(5));

        assertFalse(question.isAnsweredWell(probe(200), ADDRESS));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 200 OK, true", "HTTP/1.1 503 , false"})
    void aCertificateOfItsOwnMakingIsGoodEnoughForWhoAnswersByTls(String line, boolean well, @TempDir Path folder)
            throws Exception {
        listenByTls(folder);
        answer(out -> out.write((line + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));

        assertEquals(well, question.isAnsweredWell(probe(20_000).overTls(), ADDRESS));
    }

    @Test
    void whoAnswersByTlsHasNothingToSayToOthersAndTheOtherWayRound(@TempDir Path folder) throws Exception {
        answer(out -> out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(question.isAnsweredWell(probe(5000).overTls(), ADDRESS));

        server.close();
        listenByTls(folder);
        answer(out -> out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertFalse(question.isAnsweredWell(probe(5000), ADDRESS));
    }

    /** Each byte of it comes in time. */
    @Test
    @Timeout(60)
    void aGreetingWithoutEndEndsWithTheTimeoutOfTheWhole() {
        answer(out -> {
            out.write(new byte[] {22, 3, 3, 0x40, 0});
            while (true) {
                out.write(2);
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        });
        long before = System.nanoTime();

        assertFalse(question.isAnsweredWell(probe(300).overTls(), ADDRESS));

        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took::toString);
    }

    private void listenByTls(Path folder) throws Exception {
        server.close();
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=nobody",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "unimportant",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertTrue(keytool.waitFor(1, TimeUnit.MINUTES));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = "unimportant".toCharArray();
        keys.init(KeyStore.getInstance(store.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @Test
    void nobodyThereIsNotWell() throws IOException {
        int free = server.getLocalPort();
        server.close();

        assertFalse(question.isAnsweredWell(
                new HttpProbe(Port.of(free), HttpPath.of("/"), Duration.ofMinutes(1), Duration.ofSeconds(1)), ADDRESS));
    }

    private HttpProbe probe(int timeoutMillis) {
        return new HttpProbe(
                Port.of(server.getLocalPort()),
                HttpPath.of("/"),
                Duration.ofMinutes(1),
                Duration.ofMillis(timeoutMillis));
    }

    /** To the next that asks. */
    private void answer(Answer answer) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                answer.write(socket.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // Whoever asked has gone.
            }
        });
    }
}
