package io.nationtech.harmony.mesh.nats;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.nats.NatsAccess.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a server that lets us not in says when it is called, from nothing to most. A NATS server speaks first. */
enum Answer {
    /** No connection. */
    NONE,
    /** A connection, and not a byte. */
    SILENCE,
    /** Something that is not NATS. */
    ANOTHER_LANGUAGE,
    /** We want TLS, and it has none. */
    HAS_NO_TLS,
    /** It wants TLS, and we do not. */
    WANTS_TLS,
    /** TLS that comes to nothing for a reason of its own. */
    TLS_FAILS,
    /** A certificate that nobody issued whom we trust. */
    UNKNOWN_AUTHORITY,
    /** A certificate whose time is over, or has not begun. */
    CERTIFICATE_NOT_VALID_NOW,
    /** A certificate for another host. */
    ANOTHER_HOST,
    /** It wants a password or a token, and we have none. */
    WANTS_PASSWORD,
    /** It wants a login, and we have none. */
    WANTS_LOGIN,
    /** We have a login, and it has no use for one. */
    KNOWS_NO_LOGINS,
    /** Our login's time is over. */
    LOGIN_IS_OVER,
    /** Our login was revoked while we were connected by it. */
    LOGIN_IS_REVOKED,
    /** NATS' own greeting, and then neither yes nor no in time. */
    NO_VERDICT,
    /** NATS' own greeting, and then it does not want us. */
    GREETING;

    private static final byte[] GREETS = "INFO ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_GREETING = 1 << 16;

    /** @param login of ours, if there is one */
    static Answer of(NatsAddress address, NatsAccess access, Optional<LoggedIn> login, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.uri().getHost(), address.uri().getPort()), millis);
            socket.setSoTimeout(millis);
            Answer heard = heard(socket, address, access, timeout);
            return heard == WANTS_LOGIN && login.isPresent()
                    ? login.filter(LoggedIn::isOver).isPresent() ? LOGIN_IS_OVER : GREETING
                    : heard;
        } catch (IOException e) {
            return NONE;
        }
    }

    private static Answer heard(Socket socket, NatsAddress address, NatsAccess access, Duration timeout) {
        try {
            byte[] first = socket.getInputStream().readNBytes(GREETS.length);
            if (!Arrays.equals(first, GREETS)) {
                return ANOTHER_LANGUAGE;
            }
            String greeting = line(socket.getInputStream());
            boolean wantsTls = says(greeting, "tls_required");
            if (!address.isSecure()) {
                return wantsTls ? WANTS_TLS : wanted(greeting, address, access);
            }
            if (!wantsTls && !says(greeting, "tls_available")) {
                return HAS_NO_TLS;
            }
            Tls.over(
                            socket,
                            access.tls(),
                            address.uri().getHost(),
                            address.uri().getPort(),
                            timeout)
                    .close();
            return wanted(greeting, address, access);
        } catch (SocketTimeoutException e) {
            return SILENCE;
        } catch (SSLException e) {
            return ofTls(e);
        } catch (IOException e) {
            return ANOTHER_LANGUAGE;
        }
    }

    /** No byte beyond it, as what follows may be TLS. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < LONGEST_GREETING; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static boolean says(String greeting, String what) {
        return greeting.contains("\"%s\":true".formatted(what));
    }

    private static Answer wanted(String greeting, NatsAddress address, NatsAccess access) {
        boolean takesLogins = greeting.contains("\"nonce\":\"");
        boolean haveLogin = access.identity() instanceof Identity.OfLogin;
        if (haveLogin && !takesLogins) {
            return KNOWS_NO_LOGINS;
        }
        if (!says(greeting, "auth_required")) {
            return GREETING;
        }
        if (takesLogins) {
            return WANTS_LOGIN;
        }
        return address.credentials().isPresent() ? GREETING : WANTS_PASSWORD;
    }

    private static Answer ofTls(SSLException thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            causes.add(e);
        }
        if (causes.stream()
                .anyMatch(e ->
                        e instanceof CertificateExpiredException || e instanceof CertificateNotYetValidException)) {
            return CERTIFICATE_NOT_VALID_NOW;
        }
        if (causes.stream()
                .anyMatch(e -> e instanceof CertPathBuilderException || e instanceof CertPathValidatorException)) {
            return UNKNOWN_AUTHORITY;
        }
        return causes.stream().anyMatch(CertificateException.class::isInstance) ? ANOTHER_HOST : TLS_FAILS;
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
            case HAS_NO_TLS ->
                new Cause(
                        "the NATS server has no TLS, and the address asks for it",
                        options.where(),
                        "nothing was sent to it; `harmony mesh server` writes a configuration with TLS, or write nats://host:port");
            case WANTS_TLS ->
                new Cause(
                        "the NATS server wants TLS, and the address asks for none",
                        options.where(),
                        "write tls://host:port, and name the certificate of its authority: --mesh-ca, HARMONY_MESH_CA");
            case TLS_FAILS ->
                new Cause(
                        "no TLS with the NATS server: " + e.getMessage(),
                        options.where(),
                        "look at the server's log; TLS 1.3 and 1.2 are spoken here");
            case UNKNOWN_AUTHORITY ->
                new Cause(
                        "the NATS server's certificate was issued by an authority that is not trusted here",
                        options.where(),
                        switch (options.access().authority()) {
                            case NatsAccess.Authority.OfPlatform() ->
                                "name the certificate of its authority, `harmony mesh show` writes it: --mesh-ca, HARMONY_MESH_CA";
                            case NatsAccess.Authority.OfFile(var file) ->
                                "trusted is what stands in %s; `harmony mesh show` writes the authority of the mesh"
                                        .formatted(file);
                        });
            case CERTIFICATE_NOT_VALID_NOW ->
                new Cause(
                        "the time of the NATS server's certificate is over, or has not begun",
                        options.where(),
                        "look whether clocks are right on both sides; `harmony mesh server` renews it");
            case ANOTHER_HOST ->
                new Cause(
                        "the NATS server's certificate is for another host",
                        options.where(),
                        "write the address as the certificate has it, or add it: `harmony mesh server --address`");
            case WANTS_PASSWORD ->
                new Cause(
                        "the NATS server asks for a user and a password, and there is none",
                        options.where(),
                        "write them into the address: nats://user:password@host:port");
            case WANTS_LOGIN ->
                new Cause(
                        "the mesh lets in who has a login, and there is none",
                        options.where(),
                        "get one from whoever runs the mesh, `harmony mesh login` makes it; name its file: --mesh-login, HARMONY_MESH_LOGIN");
            case KNOWS_NO_LOGINS ->
                new Cause(
                        "the NATS server takes no logins, and one is given",
                        options.where(),
                        "check the address; `harmony mesh server` writes a configuration with logins");
            case LOGIN_IS_OVER ->
                new Cause(
                        "the time of the login is over",
                        options.where(),
                        "get another from whoever runs the mesh: `harmony mesh login` writes it in its place");
            case LOGIN_IS_REVOKED ->
                new Cause(
                        "the login was revoked",
                        options.where(),
                        "whoever runs the mesh knows why, and makes another: `harmony mesh login`");
            case NO_VERDICT ->
                new Cause(
                        "the NATS server greets, and does not say in time whether it lets us in: " + e.getMessage(),
                        options.where(),
                        "look whether the machine there has too much to do, or many connect at this moment; then try again");
            case GREETING -> notLetIn(e, options);
        };
    }

    private static Cause notLetIn(IOException e, NatsOptions options) {
        return switch (options.access().identity()) {
            case Identity.OfLogin _ ->
                new Cause(
                        "the mesh does not take the login: it was revoked, or is one of another mesh",
                        options.where(),
                        "check that login and address belong together; whoever runs the mesh makes another: `harmony mesh login`");
            case Identity.OfAddress() ->
                new Cause(
                        "the NATS server does not let us in: " + e.getMessage(),
                        options.where(),
                        "check the credentials");
        };
    }
}
