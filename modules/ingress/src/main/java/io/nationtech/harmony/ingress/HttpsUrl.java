package io.nationtech.harmony.ingress;

import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.EnvText;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodePort;
import io.nationtech.harmony.domain.value.Port;
import java.util.Set;

/**
 * Where people find a service: {@code https://photos.home.example}. A value like any other, so that a service can be told its own:
 * {@code web.env(EnvName.of("BASE_URL"), url.text())}.
 *
 * @param host the name that a DNS server of the site gives the router's address for
 * @param port at the router's address; not 80, where plain HTTP is sent on from
 */
public record HttpsUrl(DnsName host, Port port) {
    /** Of HTTPS, which nobody has to write. */
    public static final Port USUAL_PORT = new Port(443);

    /** Of plain HTTP. */
    static final Port PLAIN = new Port(80);

    public HttpsUrl {
        if (port.equals(PLAIN)) {
            throw new InvalidValueException(
                            "https://%s:80 cannot be: at port 80 browsers speak plain HTTP; use %s, or another port"
                                    .formatted(host, USUAL_PORT))
                    .about(port);
        }
    }

    /** At the usual port, 443; plain HTTP at port 80 is sent there. */
    public static HttpsUrl of(DnsName host) {
        return new HttpsUrl(host, USUAL_PORT);
    }

    /**
     * At a port of one's own; nothing listens at port 80 for it.
     *
     * @throws InvalidValueException when that is 80
     */
    public static HttpsUrl of(DnsName host, Port port) {
        return new HttpsUrl(host, port);
    }

    /** Whether it is where browsers look when nobody says a port. */
    public boolean isUsual() {
        return port.equals(USUAL_PORT);
    }

    /** Of a node that answers for it: its own, and that of plain HTTP when it is the usual one. */
    Set<NodePort> ports() {
        return isUsual() ? Set.of(NodePort.tcp(port), NodePort.tcp(PLAIN)) : Set.of(NodePort.tcp(port));
    }

    /** As the value of a variable. */
    public EnvText text() {
        return EnvText.of(toString());
    }

    /** Without a slash at its end. */
    @Override
    public String toString() {
        return isUsual() ? "https://" + host : "https://%s:%s".formatted(host, port);
    }
}
