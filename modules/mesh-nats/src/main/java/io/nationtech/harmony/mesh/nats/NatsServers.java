package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What servers show to whoever comes, before anybody is let in. */
public final class NatsServers {
    /** What a server says of itself first is a line of JSON, some 500 bytes. */
    private static final int LONGEST_LINE = 1 << 16;

    private NatsServers() {}

    /**
     * The certificate of the server at an address; empty when the address asks for no TLS.
     *
     * @param access by whom servers are known; nobody logs in
     * @param timeout for all of it
     * @throws MeshUnavailableException when nothing answers in time, or its certificate is not trusted
     */
    public static Optional<X509Certificate> certificate(NatsAddress address, NatsAccess access, Duration timeout) {
        if (!address.isSecure()) {
            return Optional.empty();
        }
        SSLContext context = access.tls();
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
                Socket socket = new Socket()) {
            return Optional.of(asking.submit(() -> certificate(address, socket, context, timeout))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw unseen(address, String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw unseen(address, "no answer for %d ms".formatted(timeout.toMillis()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unseen(address, "interrupted", e);
        } catch (IOException e) {
            throw unseen(address, e.toString(), e);
        }
    }

    /** As NATS has it, TLS begins after the server's first line. */
    private static X509Certificate certificate(NatsAddress address, Socket socket, SSLContext context, Duration timeout)
            throws IOException {
        String host = address.uri().getHost();
        int port = address.uri().getPort();
        socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
        skipLine(socket.getInputStream());
        try (SSLSocket secure = Tls.over(socket, context, host, port, timeout)) {
            return (X509Certificate) secure.getSession().getPeerCertificates()[0];
        }
    }

    private static void skipLine(InputStream in) throws IOException {
        for (int read = 0; read < LONGEST_LINE; read++) {
            int next = in.read();
            if (next == '\n') {
                return;
            }
            if (next < 0) {
                throw new EOFException("the server ended the connection");
            }
        }
        throw new IOException("that is no NATS server: its first line does not end");
    }

    private static MeshUnavailableException unseen(NatsAddress address, String why, Exception trigger) {
        return new MeshUnavailableException(
                new Cause(
                        "the server's certificate cannot be seen: " + why,
                        address.toString(),
                        "check that a nats-server with TLS listens there, and whose certificate it has"),
                trigger);
    }
}
