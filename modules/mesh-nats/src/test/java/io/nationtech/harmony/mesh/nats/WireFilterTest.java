package io.nationtech.harmony.mesh.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFilterTest {
    private static final String SOUND = "INFO {\"server_id\":\"x\"}\r\nPING\r\nMSG a.b 1 5\r\nHMSG \r\n"
            + message("a.b 1 reply", "NATS/1.0\r\nA: b\r\nC:d\r\n\r\n", "xy")
            + message("a.b 1", "NATS/1.0 404 Not Found\r\nA:b\r\n\r\n", "")
            + message("_INBOX.x 1", "NATS/1.0 503\r\nNats-Subject: nobody\r\n\r\n", "")
            + "MSG a.b 1 0\r\n\r\n-ERR 'no'\r\n";

    private static String message(String to, String header, String data) {
        return "HMSG %s %d %d\r\n%s%s\r\n"
                .formatted(to, header.length(), header.length() + data.length(), header, data);
    }

    /** In pieces of so many bytes, as a socket may give them. */
    private static String pass(String text, int piece) {
        WireFilter filter = new WireFilter();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += piece) {
            int count = Math.min(piece, bytes.length - at);
            byte[] chunk = new byte[piece];
            System.arraycopy(bytes, at, chunk, 0, count);
            out.writeBytes(filter.pass(chunk, count));
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void whatIsSoundPassesAsItIs(int piece) {
        assertEquals(SOUND, pass(SOUND, piece));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void whatIsNoHeaderGoesAndTheLengthsAreRight(int piece) {
        String header =
                "NATS/1.0 404 Gone\r\nbroken\r\n\r\nb d: x\r\nNats-Subject: \u00e9\u0001\r\nNats-Sequence: 7\r\n\r\n";
        String right = "NATS/1.0\r\nNats-Subject: ??\r\nNats-Sequence: 7\r\n\r\n";

        assertEquals(
                message("k? 1", right, "xy") + "PONG\r\n",
                pass(message("k\u00e9 1", header, "xy") + "PONG\r\n", piece));
    }
}
