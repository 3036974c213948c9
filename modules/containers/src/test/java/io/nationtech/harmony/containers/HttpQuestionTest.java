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
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever answers, a question ends in time. */
class HttpQuestionTest {
    private static final IpAddress ADDRESS = IpAddress.of("127.0.0.1");

    private final HttpQuestion question = new HttpQuestion(ADDRESS, System::nanoTime);
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

        assertEquals(well, question.isAnsweredWell(probe(5000)));
    }

    @Test
    void anInterimAnswerIsPassedOver() {
        answer(out -> out.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)));

        assertTrue(question.isAnsweredWell(probe(5000)));
    }

    @Test
    @Timeout(60)
    void endlessInterimAnswersAreNoAnswer() {
        answer(out -> {
            while (true) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertFalse(question.isAnsweredWell(probe(5000)));
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

        assertFalse(question.isAnsweredWell(probe(300)));

        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took::toString);
    }

    @Test
    @Timeout(60)
    void silenceEndsWithTheTimeout() {
        answer(_ -> TimeUnit.MINUTES.sleep(5));

        assertFalse(question.isAnsweredWell(probe(200)));
    }

    @Test
    void nobodyThereIsNotWell() throws IOException {
        int free = server.getLocalPort();
        server.close();

        assertFalse(question.isAnsweredWell(
                new HttpProbe(Port.of(free), HttpPath.of("/"), Duration.ofMinutes(1), Duration.ofSeconds(1))));
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
