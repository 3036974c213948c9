package io.nationtech.harmony.node;

import io.nationtech.harmony.domain.node.ContainerStatus.Health;
import io.nationtech.harmony.domain.node.HttpProbe;
import io.nationtech.harmony.domain.value.IpAddress;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Inet6Address;
import java.net.Proxy;
import java.net.URI;

/**
 * Asks a container for its probe's page, at an address of this node. {@link HttpURLConnection} because it is in java.base; the
 * newer client would cost the agent several MiB.
 */
final class Probe {
    private static final int REDIRECT_AND_BEYOND = 400;

    private final IpAddress address;

    Probe(IpAddress address) {
        this.address = address;
    }

    /** Ends within twice the probe's timeout: one for the connection, one for the answer. */
    Health ask(HttpProbe probe) {
        int millis = Math.toIntExact(probe.timeout().toMillis());
        String host = address.address() instanceof Inet6Address ? "[" + address + "]" : address.toString();
        try {
            URI uri = URI.create("http://%s:%s%s".formatted(host, probe.port(), probe.path()));
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(millis);
            connection.setReadTimeout(millis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            try {
                int status = connection.getResponseCode();
                return status >= HttpURLConnection.HTTP_OK && status < REDIRECT_AND_BEYOND
                        ? Health.HEALTHY
                        : Health.UNHEALTHY;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return Health.UNHEALTHY;
        }
    }
}
