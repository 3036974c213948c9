package io.nationtech.harmony.mesh.nats;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS over a connection that there is. jnats' own looks at no host name: any server of a trusted authority could stand in for another. */
final class Tls {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private Tls() {}

    /**
     * Shakes hands with the server.
     *
     * @param host whose certificate it must have (RFC 9110 §4.3.4)
     */
    static SSLSocket over(Socket socket, SSLContext context, String host, int port, Duration timeout)
            throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(VERSIONS);
        secure.setSSLParameters(parameters);
        int before = secure.getSoTimeout();
        secure.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        secure.startHandshake();
        secure.setSoTimeout(before);
        return secure;
    }
}
