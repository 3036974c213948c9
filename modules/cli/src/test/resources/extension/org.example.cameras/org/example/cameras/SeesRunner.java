package org.example.cameras;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks once. */
public final class SeesRunner implements SmokeTestRunner<Sees> {
    @Override
    public Class<Sees> type() {
        return Sees.class;
    }

    @Override
    public URI target(Sees test, IpAddress node) {
        return URI.create("camera://" + node.withPort(test.port()));
    }

    @Override
    public Optional<Cause> ask(Sees test, URI target) {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String seen = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return seen.contains(test.something()) ? Optional.empty() : Optional.of(wrong(target, "it shows " + seen));
        } catch (IOException e) {
            return Optional.of(wrong(target, "it shows nothing: " + e));
        }
    }

    private static Cause wrong(URI target, String what) {
        return new Cause(what, target.toString(), "look whether the cap is on");
    }
}
