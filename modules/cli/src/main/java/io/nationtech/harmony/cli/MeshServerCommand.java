package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.certificates.CertificateAuthority.Usage;
import io.nationtech.harmony.certificates.CertificateRefusedException;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.files.DurableFile;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.secrets.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "server",
        description = "Write what a nats-server needs into a folder: its configuration, certificate, key and unit.",
        footer = {
            "",
            "The folder may be taken to another machine. The same again renews: the certificate once two",
            "thirds of its year are over, and who is revoked; a server that runs takes that up with",
            "`nats-server --signal reload`. What the server keeps is in the folder too, and stays.",
            "",
            "Three servers that keep everything together go on while one of them is away: say it of each, with",
            "its own name and the others.",
            "",
            "Examples:",
            "  harmony mesh server --address 192.0.2.1 --address mesh.home.example mesh-server",
            "  cd mesh-server && nats-server -c nats.conf",
            "  harmony mesh server --name hub-1 --address 192.0.2.1 --routes 192.0.2.2,192.0.2.3 hub-1",
            "  harmony mesh server --site shop-7 --address 192.168.7.2 --hub 192.0.2.1 --nodes node-1,node-2 shop-7"
        })
final class MeshServerCommand implements Callable<Integer> {
    private static final Duration LIFETIME = Duration.ofDays(365);
    /** In seconds. */
    private static final int SHORTEST_PING = 10;
    /** Each takes 0.2 to 0.3 ms of the server's processor; 10,000 nodes are asked once in 100 s (ADR 48). */
    private static final int PINGS_A_SECOND = 100;

    private static final String CONFIGURATION = "nats.conf";
    /**
     * A server that starts takes the account of its configuration in place of the one that it was told, unless that is the younger by its second of
     * issue (nats-server, dirstore.go, saveIfNewer). Who was revoked within the second of the configuration would be let in again.
     */
    private static final Duration OLDER = Duration.ofSeconds(1);

    private final Terminal terminal;

    @Option(
            names = "--address",
            paramLabel = "<host>",
            required = true,
            converter = ReadHost.class,
            description = "a name or IP address by which others reach it, without a port; again for each")
    private List<String> addresses = List.of();

    @Option(
            names = "--listen",
            paramLabel = "<ip:port>",
            defaultValue = "0.0.0.0:4222",
            converter = ReadListen.class,
            description = "where it listens (default: ${DEFAULT-VALUE})")
    private String listen = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private GatewayOptions gateways = new GatewayOptions();

    @Mixin
    private SiteOptions sites = new SiteOptions();

    @Parameters(paramLabel = "<folder>", description = "made when it is not there")
    private Path folder = Path.of("mesh-server");

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshServerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Instant now = terminal.clock().instant();
        try (Secrets store = secrets.open();
                MeshAuthority keys = new MeshKeys(store).keys()) {
            MeshKeys mesh = new MeshKeys(store);
            String configuration = configuration(keys, mesh, now);
            Path absolute = folder.toAbsolutePath();
            requireSameKind(absolute);
            Files.createDirectories(absolute);
            Path certificate = absolute.resolve("server.pem");
            CertificateAuthority authority = mesh.authority();
            if (!isFresh(authority, certificate, now)) {
                DurableFile.replacePrivate(
                        certificate,
                        authority.issue(addresses, usage(), now, LIFETIME).getBytes(StandardCharsets.US_ASCII));
            }
            DurableFile.replace(
                    absolute.resolve("mesh-ca.crt"),
                    CertificateAuthority.pem(authority.certificate()).getBytes(StandardCharsets.US_ASCII));
            DurableFile.replace(absolute.resolve(CONFIGURATION), configuration.getBytes(StandardCharsets.US_ASCII));
            Path unit = absolute.resolve(MeshServerUnit.NAME);
            DurableFile.replace(unit, MeshServerUnit.text().getBytes(StandardCharsets.US_ASCII));
            sites.site()
                    .ifPresent(site -> new SiteLogin(mesh, keys, site, sites.nodes())
                            .write(absolute.resolve(SiteOptions.LOGIN), now));
            terminal.say("A server for tls://%s is in %s".formatted(addresses.getFirst(), absolute));
            terminal.say("  → cd %s && nats-server -c nats.conf".formatted(absolute));
            terminal.say("  → or, to have systemd keep it running: systemctl enable --now %s".formatted(unit));
            if (cluster.isCluster()) {
                terminal.say("  → the same for the others of its %d; whoever connects names all: HARMONY_MESH=%s"
                        .formatted(
                                cluster.size(),
                                Stream.concat(Stream.of(addresses.getFirst()), cluster.others().stream())
                                        .map("tls://%s"::formatted)
                                        .collect(Collectors.joining(","))));
            }
            terminal.say(sites.site()
                    .map(site ->
                            "  → then, once it runs, `harmony mesh site %s --nodes %s`; the agents there: HARMONY_MESH=tls://%s"
                                    .formatted(
                                            site,
                                            sites.nodes().stream()
                                                    .map(NodeId::value)
                                                    .collect(Collectors.joining(",")),
                                            addresses.getFirst()))
                    .orElse("  → then once, by an operator, `harmony node list`: it makes what nodes write into"));
        } catch (IOException e) {
            throw failed("what the server needs cannot be written: " + e, "name a folder where you may write", e);
        } catch (CertificateRefusedException e) {
            throw failed(String.valueOf(e.getMessage()), "name other hosts: --address", e);
        }
        return ExitCode.DONE.code();
    }

    private Usage usage() {
        return cluster.isCluster() ? Usage.PEER : Usage.SERVER;
    }

    /** A server that joins a cluster deletes what it kept alone (tried on 2.15: "Detected orphaned stream"); one that leaves it has a part. */
    private void requireSameKind(Path absolute) throws IOException {
        Path before = absolute.resolve(CONFIGURATION);
        if (!Files.exists(before) || !Files.exists(absolute.resolve("data"))) {
            return;
        }
        boolean wasCluster = Files.readString(before).contains("\ncluster {");
        if (wasCluster != cluster.isCluster()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    wasCluster
                            ? new Cause(
                                    "this is a server of a cluster, and the command names no others",
                                    folder.toString(),
                                    "nothing was changed; name them as before: --name, --routes")
                            : new Cause(
                                    "this server kept data alone, which nats-server deletes when it becomes one of a cluster",
                                    folder.toString(),
                                    "nothing was changed; give the cluster new folders, and deploy again what is to run"));
        }
    }

    private String configuration(MeshAuthority keys, MeshKeys mesh, Instant now) {
        IssuedLogins logins = mesh.logins();
        return """
            # Written by `harmony mesh server`, which writes it anew. To be started in this folder: nats-server -c nats.conf
            listen: "%s"
            %s%s%s# A node whose cable is cut is found out after once to twice that: the more nodes, the more seldom each is asked.
            ping_interval: "%ds"
            ping_max: 1
            tls { cert_file: "server.pem", key_file: "server.pem", timeout: 5, connection_rate_limit: 200 }
            operator: %s
            system_account: %s
            resolver: { type: full, dir: "accounts", allow_delete: false, interval: "10s" }
            resolver_preload: {
              %s: %s
              %s: %s
            }
            """.formatted(
                        listen,
                        cluster.configuration(addresses, port(listen)),
                        gateways.configuration(cluster, addresses),
                        sites.configuration(
                                cluster, addresses, keys.account().publicKey().text()),
                        pingSeconds(logins.all().size()),
                        keys.operatorToken(now),
                        keys.system().publicKey(),
                        keys.account().publicKey(),
                        keys.accountToken(logins.revocations(), now.minus(OLDER)),
                        keys.system().publicKey(),
                        keys.systemToken(now));
    }

    /** Of what {@link ReadListen} read. */
    static int port(String listen) {
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    /** How often a server is to ask each of so many. */
    static int pingSeconds(int logins) {
        return Math.max(SHORTEST_PING, logins / PINGS_A_SECOND);
    }

    private boolean isFresh(CertificateAuthority authority, Path certificate, Instant now) throws IOException {
        return Files.exists(certificate) && authority.isFresh(Files.readAllBytes(certificate), addresses, usage(), now);
    }

    private CommandFailedException failed(String what, String next, Exception e) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, folder.toString(), next), e);
    }

    /** Reads a host: as it is to stand in a certificate. */
    static final class ReadHost implements ITypeConverter<String> {
        private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
        private static final String NAME = LABEL + "(\\." + LABEL + ")*";
        private static final int LONGEST = 253;

        @Override
        public String convert(String text) {
            try {
                return InetAddress.ofLiteral(text).getHostAddress();
            } catch (IllegalArgumentException e) {
                if (text.matches(NAME) && text.length() <= LONGEST) {
                    return text;
                }
                throw new TypeConversionException(
                        "'%s' is no host; write a name or an IP address, without a port".formatted(text));
            }
        }
    }

    /** Reads where to listen. */
    static final class ReadListen implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            int colon = text.lastIndexOf(':');
            if (colon > 0 && text.substring(colon + 1).matches("[0-9]{1,5}")) {
                String host = text.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
                try {
                    InetAddress.ofLiteral(host);
                    return text;
                } catch (IllegalArgumentException e) {
                    throw new TypeConversionException("'%s' is no IP address to listen at".formatted(host));
                }
            }
            throw new TypeConversionException("'%s' is not as in 0.0.0.0:4222".formatted(text));
        }
    }
}
