package io.nationtech.harmony.engine;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.TcpSmokeTest;
import io.nationtech.harmony.domain.spi.SmokeTestRunner;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Connects. */
public final class TcpSmokeTestRunner implements SmokeTestRunner<TcpSmokeTest> {

    /** For {@link java.util.ServiceLoader}. */
    public TcpSmokeTestRunner() {}

    @Override
    public Class<TcpSmokeTest> type() {
        return TcpSmokeTest.class;
    }

    @Override
    public URI target(TcpSmokeTest test, IpAddress node) {
        return URI.create("tcp://" + node.withPort(test.port()));
    }

    @Override
    public Optional<Cause> ask(TcpSmokeTest test, URI target) {
        // Whoever runs out of time interrupts this: on a virtual thread that closes the socket.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Cause(
                    "no connection: " + e.getMessage(),
                    target.toString(),
                    "`harmony logs` shows what the service wrote; try from here with `nc -vz %s %d`"
                            .formatted(target.getHost(), target.getPort())));
        }
    }
}
