package io.nationtech.harmony.haproxy;

import io.nationtech.harmony.domain.node.HttpScheme;
import io.nationtech.harmony.domain.node.ServiceReplica;
import io.nationtech.harmony.domain.rollout.Rollout;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.domain.value.Port;
import io.nationtech.harmony.driver.Owned;
import io.nationtech.harmony.ingress.Credentials;
import io.nationtech.harmony.ingress.HttpsUrl;
import io.nationtech.harmony.ingress.IngressRoute;
import io.nationtech.harmony.ingress.OpenPath;
import io.nationtech.harmony.ingress.PasswordFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration of haproxy for all names of a node (its version 3.0 or newer). Pure. Whatever comes from deployments stands in types
 * that have no blank, quote or line end; only a path has characters that mean something here, and is escaped.
 *
 * @param at where it listens; at all addresses when nothing is said
 * @param routes by their owners, each name once
 * @param users of those that are guarded
 */
record ProxyConfig(
        Optional<IpAddress> at,
        Path folder,
        ProxyProcess process,
        SortedMap<Owned, IngressRoute> routes,
        Map<Owned, PasswordFile> users) {
    private static final Port HTTP = new Port(80);

    /** Mozilla's "intermediate" list, of which TLS 1.3 has its own part. */
    private static final String CIPHERS = String.join(
            ":",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305");

    /** Who a visitor is, a service learns from here alone; these are the headers by which single sign-on tells it, too. */
    private static final String FORWARDED = """
                http-request del-header forwarded
                http-request del-header x-forwarded- -m beg
                http-request del-header x_forwarded_ -m beg
                http-request del-header x-real-ip
                http-request del-header proxy
                http-request del-header remote- -m beg
                http-request del-header remote_ -m beg
                http-request del-header x-remote- -m beg
                http-request del-header x_remote_ -m beg
                http-request del-header x-auth-request- -m beg
                http-request del-header x_auth_request_ -m beg
                http-request del-header x-webauth- -m beg
                http-request del-header x_webauth_ -m beg
                http-request set-header x-forwarded-for %[src]
                http-request set-header x-real-ip %[src]
                http-request set-header x-forwarded-proto https
                http-request set-header x-forwarded-port %[dst_port]
                http-request set-header x-forwarded-host %[req.hdr(host)]
            """;

    /** The whole of it. */
    String text() {
        StringBuilder text = new StringBuilder(beginning());
        users.forEach((owned, file) -> text.append(userList(owned, file)));
        byPort().forEach((port, names) -> text.append(frontend(port, names)));
        if (byPort().containsKey(HttpsUrl.USUAL_PORT)) {
            text.append(redirect());
        }
        routes.forEach((owned, route) -> text.append(backend(owned, route)));
        return text.toString();
    }

    /**
     * Of streams and uploads nobody knows how long they take: an hour without a byte is the end, a day for WebSockets. Headers have 30 s. A
     * connection to a replica is for one request, so that none is sent into one that the replica just gives up. A request goes to another
     * replica when it could not be sent, and one that may be repeated also when it was not answered at all.
     */
    private String beginning() {
        return """
                # Written by the node's agent; what is changed here is overwritten.
                global
                %1$s    stats socket %2$s mode 600 level admin
                    log stderr format short daemon notice
                    maxconn 4000
                    hard-stop-after 12h
                    mworker-max-reloads 20
                    ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
                    ssl-default-bind-ciphers %3$s

                defaults
                    mode http
                    log global
                    balance leastconn
                    option http-server-close
                    option redispatch 1
                    option splice-auto
                    option clitcpka
                    option srvtcpka
                    srvtcpka-idle 5s
                    srvtcpka-intvl 2s
                    srvtcpka-cnt 3
                    retries 5
                    retry-on conn-failure empty-response
                    timeout connect 2s
                    timeout check 2s
                    timeout queue 10s
                    timeout http-request 30s
                    timeout http-keep-alive 60s
                    timeout client 1h
                    timeout server 1h
                    timeout tunnel 24h
                    timeout client-fin 30s
                    timeout server-fin 30s
                """.formatted(process.identity(), process.worker().path(), CIPHERS);
    }

    private SortedMap<Port, SortedMap<Owned, IngressRoute>> byPort() {
        return routes.entrySet().stream()
                .collect(Collectors.groupingBy(
                        route -> route.getValue().url().port(),
                        TreeMap::new,
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, TreeMap::new)));
    }

    private String frontend(Port port, SortedMap<Owned, IngressRoute> names) {
        String hosts = hosts(names);
        StringBuilder text = new StringBuilder("""

                frontend https:%1$s
                    bind %2$s ssl crt-list %3$s alpn h2,http/1.1
                    http-request set-var(txn.host) req.hdr(host),host_only,lower
                    http-request return status 421 content-type "text/plain; charset=utf-8" lf-string "No deployment on this node answers for %%[var(txn.host)].\\nLook at its ingress: harmony status\\n" unless { var(txn.host) -m str %4$s }
                    http-request return status 421 content-type "text/plain; charset=utf-8" lf-string "The connection is for %%[ssl_fc_sni], and the request for %%[var(txn.host)].\\n" if { ssl_fc_has_sni } !{ ssl_fc_sni,lower,strcmp(txn.host) eq 0 }
                """.formatted(port, bind(port), certificateList(port), hosts));
        text.append(FORWARDED);
        names.forEach((owned, route) -> text.append("    use_backend %s if { var(txn.host) -m str %s }%n"
                .formatted(backendName(owned), route.url().host())));
        return text.toString();
    }

    private String redirect() {
        return """

                frontend http:%1$s
                    bind %2$s
                    http-request set-var(txn.host) req.hdr(host),host_only,lower
                    http-request return status 404 content-type "text/plain; charset=utf-8" lf-string "No deployment on this node answers for %%[var(txn.host)].\\nLook at its ingress: harmony status\\n" unless { var(txn.host) -m str %3$s }
                    http-request redirect code 308 location https://%%[var(txn.host)]%%[pathq]
                """.formatted(HTTP, bind(HTTP), hosts(byPort().getOrDefault(HttpsUrl.USUAL_PORT, new TreeMap<>())));
    }

    private static String hosts(SortedMap<Owned, IngressRoute> names) {
        return names.values().stream().map(route -> route.url().host().value()).collect(Collectors.joining(" "));
    }

    private String bind(Port port) {
        return at.map(address -> address.withPort(port)).orElseGet(() -> ":::%s v4v6".formatted(port));
    }

    /**
     * Replicas are asked more often while they are away, and one that is back takes requests within {@link Rollout#NOTICE}, which is how
     * long whoever exchanges them one after the other waits: 2 s for a question that came too early, half a second until the next. One that
     * merely starts again is away for less than three questions, and is stepped over by repetition. One that vanishes without a word, as
     * its network goes before its last packets, is found out within 11 s, before most visitors give up.
     *
     * <p>Where there are others, one that refuses a connection is asked by nobody until it answers a check: while a container is exchanged,
     * its port is held open for a moment before anything leads into it, and who comes then is never answered.
     */
    private String backend(Owned owned, IngressRoute route) {
        IngressRoute.Backend behind = route.backend();
        String service = "service '%s' of deployment '%s'".formatted(behind.service(), owned.deployment());
        StringBuilder text = new StringBuilder("""

                backend %1$s
                    http-request disable-l7-retry unless METH_GET
                    http-error status 502 content-type "text/plain; charset=utf-8" string "The replica of %2$s that was asked gave no whole answer.\\nharmony logs %3$s\\n"
                    http-error status 503 content-type "text/plain; charset=utf-8" string "No replica of %2$s takes requests.\\nharmony status %3$s\\n"
                    http-error status 504 content-type "text/plain; charset=utf-8" string "The replica of %2$s that was asked gave no answer in time.\\nharmony logs %3$s\\n"
                """.formatted(backendName(owned), service, owned.deployment()));
        route.guard().ifPresent(guard -> text.append(guard(owned, route, guard)));
        behind.check()
                .ifPresent(check -> text.append(
                        """
                    option httpchk
                    http-check send meth GET uri %s ver HTTP/1.1 hdr Host %s
                    http-check expect status 200-399
                """.formatted(quoted(check.path().value()), route.url().host())));
        String refusing = route.replicas().size() > 1 ? " observe layer4 error-limit 1 on-error mark-down" : "";
        for (ServiceReplica replica : route.replicas()) {
            text.append(
                    "    server %s %s%s check%s inter 2s fastinter 500ms downinter 500ms fall 3 rise 1 tcp-ut 10s%s%n"
                            .formatted(
                                    replica.node(),
                                    replica.address().withPort(behind.port()),
                                    behind.scheme() == HttpScheme.HTTPS ? " ssl verify none" : "",
                                    behind.check()
                                            .map(check -> differently(check, behind))
                                            .orElse(""),
                                    refusing));
        }
        return text.toString();
    }

    private static String userList(Owned owned, PasswordFile file) {
        StringBuilder text = new StringBuilder("\nuserlist %s%n".formatted(backendName(owned)));
        file.users()
                .forEach((name, hash) -> text.append("    user %s password %s%n".formatted(name, quoted(hash.text()))));
        return text.toString();
    }

    /** A hash is worked out once for each request, as it costs much. Whoever comes to an open path keeps what the service may ask for. */
    private static String guard(Owned owned, IngressRoute route, IngressRoute.Guard guard) {
        StringBuilder text = new StringBuilder();
        guard.open().forEach(open -> text.append(open(open)));
        text.append("""
                    http-request set-var(txn.known) bool(true) if { http_auth(%1$s) } !{ var(txn.open) -m bool }
                    http-error status 401 content-type "text/plain; charset=utf-8" string "%2$s asks for a login.\\n"
                    http-request auth realm %2$s unless { var(txn.open) -m bool } || { var(txn.known) -m bool }
                    http-request set-header remote-user %%[http_auth_user] if { var(txn.known) -m bool }
                    http-request set-header x-forwarded-user %%[http_auth_user] if { var(txn.known) -m bool }
                """.formatted(backendName(owned), route.url().host()));
        return guard.credentials() == Credentials.PASSED_ON
                ? text.toString()
                : text + "    http-request del-header authorization unless { var(txn.open) -m bool }\n";
    }

    /** Nothing that a service could read as another path: a dot segment, an empty one, or what is encoded. */
    private static String open(OpenPath open) {
        return """
                    http-request set-var(txn.open) bool(true) if { path -m str %1$s }
                    http-request set-var(txn.open) bool(true) if { path -m beg %1$s/ } !{ path -m reg [^A-Za-z0-9._~/-] } !{ path -m sub /. } !{ path -m sub // }
                """.formatted(open.path());
    }

    /** Where a replica is asked whether it is healthy, where that is not as it is asked for pages. */
    private static String differently(IngressRoute.HttpCheck check, IngressRoute.Backend behind) {
        String port = check.port().equals(behind.port()) ? "" : " port " + check.port();
        String scheme = check.scheme() == behind.scheme()
                ? ""
                : check.scheme() == HttpScheme.HTTPS ? " check-ssl verify none" : " no-check-ssl";
        return port + scheme;
    }

    /** As one word, in which nothing means anything. */
    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }

    static String backendName(Owned owned) {
        return "%s:%s".formatted(owned.deployment(), owned.resource().name());
    }

    /** The certificates of each port, as haproxy lists them; by the names of the files. */
    Map<Path, String> certificateLists() {
        return byPort().entrySet().stream()
                .collect(Collectors.toMap(port -> certificateList(port.getKey()), port -> list(port.getValue())));
    }

    /** Its name says what is in it, so that the old configuration keeps the old one. */
    private Path certificateList(Port port) {
        return folder.resolve("%s.%08x.list"
                .formatted(
                        port, list(byPort().getOrDefault(port, new TreeMap<>())).hashCode()));
    }

    private String list(SortedMap<Owned, IngressRoute> names) {
        return names.values().stream()
                .map(route -> "%s %s%n"
                        .formatted(certificate(folder, route), route.url().host()))
                .collect(Collectors.joining());
    }

    /** Where the certificate of a name is, of one version of the authority. */
    static Path certificate(Path folder, IngressRoute route) {
        return folder.resolve(
                "%s.v%d.pem".formatted(route.url().host(), route.authority().version()));
    }
}
