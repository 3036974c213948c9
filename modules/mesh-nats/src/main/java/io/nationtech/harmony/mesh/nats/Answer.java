package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a server that lets us not in says when it is called, from nothing to most. A NATS server speaks first. */
enum Answer {
    /** No connection. */
    NONE,
    /** A connection, and not a byte. */
    SILENCE,
    /** Something that is not NATS. */
    ANOTHER_LANGUAGE,
    /** NATS' own greeting. */
    GREETING;

    private static final byte[] GREETS = "INFO ".getBytes(StandardCharsets.US_ASCII);

    static Answer of(NatsAddress address, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.uri().getHost(), address.uri().getPort()), millis);
            socket.setSoTimeout(millis);
            return heard(socket);
        } catch (IOException e) {
            return NONE;
        }
    }

    private static Answer heard(Socket socket) {
        try {
            byte[] first = socket.getInputStream().readNBytes(GREETS.length);
            return java.util.Arrays.equals(first, GREETS) ? GREETING : ANOTHER_LANGUAGE;
        } catch (SocketTimeoutException e) {
            return SILENCE;
        } catch (IOException e) {
            return ANOTHER_LANGUAGE;
        }
    }

    Cause cause(IOException e, NatsOptions options) {
        return switch (this) {
            case NONE ->
                new Cause(
                        "no mesh answers: " + e.getMessage(),
                        options.where(),
                        "check the address and the network, and that nats-server runs there with JetStream (`nats-server -js`)");
            case SILENCE ->
                new Cause(
                        "something accepts the connection and says nothing, as a frozen NATS server does",
                        options.where(),
                        "look whether nats-server is frozen there, and whether the port is right (NATS' own is 4222)");
            case ANOTHER_LANGUAGE ->
                new Cause(
                        "something answers, but it is no NATS server: " + e.getMessage(),
                        options.where(),
                        "check the port (NATS' own is 4222)");
            case GREETING ->
                new Cause(
                        "the NATS server does not let us in: " + e.getMessage(),
                        options.where(),
                        "check the credentials, and whether the server wants TLS (tls://host:port)");
        };
    }
}
