package io.nationtech.harmony.nameservers;

import io.nationtech.harmony.domain.value.Cidr;
import io.nationtech.harmony.domain.value.DnsName;
import io.nationtech.harmony.domain.value.IpAddress;
import io.nationtech.harmony.resolver.HandedZone;
import io.nationtech.harmony.resolver.Resolver;
import io.nationtech.harmony.resolver.Upstream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What unbound is told: {@code unbound.conf(5)}.
 *
 * @param resolvers whose zones and blocked names are taken together; at least one, and all of one upstream
 * @param run what it may write to
 * @param becomes as whom it goes on once it has its ports
 */
record UnboundConfig(
        List<Resolver> resolvers, SortedSet<IpAddress> addresses, Trust trust, Path run, Optional<String> becomes) {
    UnboundConfig {
        resolvers = List.copyOf(resolvers);
    }

    /**
     * What it believes.
     *
     * @param anchors the key of the root, as a DNSKEY or DS record
     * @param authorities who issue certificates to other resolvers, in PEM
     */
    record Trust(Path anchors, Path authorities) {
        /** Debian's: of dns-root-data and of ca-certificates. */
        static final Trust DEBIANS =
                new Trust(Path.of("/usr/share/dns/root.key"), Path.of("/etc/ssl/certs/ca-certificates.crt"));
    }

    static Path socket(Path run) {
        return run.resolve("unbound.sock");
    }

    private String listen() {
        return addresses.stream()
                .map(address -> "    interface: %s@%s\n".formatted(address, Resolver.PORT))
                .collect(Collectors.joining());
    }

    String text() {
        return """
                # Written by the node's agent; what is changed here is overwritten.
                server:
                %1$s    ip-freebind: yes
                    username: "%2$s"
                    chroot: ""
                    directory: "/"
                    pidfile: "%3$s/pid"
                    do-daemonize: no
                    use-syslog: no
                    logfile: ""
                    verbosity: 0
                    num-threads: 2
                    hide-identity: yes
                    hide-version: yes
                    do-not-query-localhost: no
                    module-config: "validator iterator"
                    trust-anchor-file: "%4$s"
                    tls-cert-bundle: "%5$s"
                    root-hints: "/usr/share/dns/root.hints"
                    # Without a way out, what was known is answered for a day more (RFC 8767).
                    serve-expired: yes
                    serve-expired-ttl: 86400
                    serve-expired-client-timeout: 1800
                    prefetch: yes
                    access-control: 0.0.0.0/0 refuse
                    access-control: ::/0 refuse
                %6$s%7$s%8$sremote-control:
                    control-enable: yes
                    control-interface: "%9$s"
                    control-use-cert: no
                %10$s%11$s""".formatted(
                        listen(),
                        becomes.orElse(""),
                        run,
                        trust.anchors(),
                        trust.authorities(),
                        lines(Stream.concat(Resolver.PRIVATE.stream(), all(Resolver::clients))
                                .map(Cidr::toString)
                                .map("    access-control: %s allow\n"::formatted)),
                        lines(zones().map(HandedZone::zone).map(UnboundConfig::ours)),
                        lines(all(Resolver::blocked)
                                .map(DnsName::value)
                                .map("    local-zone: \"%s.\" always_nxdomain\n"::formatted)),
                        socket(run),
                        forwarding(),
                        lines(zones().map(UnboundConfig::handed)));
    }

    /** Of two that name one zone, the first is asked. */
    Stream<HandedZone> zones() {
        Set<DnsName> known = new HashSet<>();
        return all(Resolver::zones).filter(zone -> known.add(zone.zone()));
    }

    private <T> Stream<T> all(Function<Resolver, List<T>> of) {
        return resolvers.stream()
                .flatMap(resolver -> of.apply(resolver).stream())
                .distinct();
    }

    /** Neither what unbound knows of private names by itself, nor that somebody above signs that there are none. */
    private static String ours(DnsName zone) {
        return "    local-zone: \"%1$s.\" transparent\n    domain-insecure: \"%1$s.\"\n".formatted(zone);
    }

    /** Asked each time: they are near, and their changes are to be seen at once. */
    private static String handed(HandedZone zone) {
        return """
                stub-zone:
                    name: "%s."
                    stub-no-cache: yes
                %s""".formatted(
                zone.zone(),
                lines(zone.servers().stream().map(server -> "    stub-addr: %s@%s\n".formatted(server, zone.port()))));
    }

    private String forwarding() {
        return switch (resolvers.getFirst().upstream()) {
            case Upstream.Recursion() -> "";
            case Upstream.Forwarding(var servers) ->
                """
                forward-zone:
                    name: "."
                %s""".formatted(lines(servers.stream().map("    forward-addr: %s\n"::formatted)));
            case Upstream.ForwardingOverTls(var servers) ->
                """
                forward-zone:
                    name: "."
                    forward-tls-upstream: yes
                %s""".formatted(lines(servers.stream()
                        .map(server -> "    forward-addr: %s@853#%s\n".formatted(server.address(), server.name()))));
        };
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining());
    }
}
