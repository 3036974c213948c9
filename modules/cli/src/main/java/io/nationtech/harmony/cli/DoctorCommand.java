package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.cli.Finding.Grade;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsAddress;
import io.nationtech.harmony.mesh.nats.NatsServers;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Look at everything that may end or be amiss: logins, certificates, nodes, disks, deployments.",
            "Say what to do about it. Nothing is changed."
        },
        footer = {
            "",
            "Whoever has the keys of the mesh in a store of secrets sees all logins, others their own alone.",
            "Ends with 1 when something is amiss, and with 0 when it only will be: for a timer that tells somebody.",
            "",
            "Example:",
            "  harmony doctor"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Terminal terminal;

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Instant now = terminal.clock().instant();
        List<Finding> findings = new ArrayList<>();
        findings.add(mesh.login().map(file -> login(file, now)).orElseGet(DoctorCommand::noLogin));
        mesh.authority().flatMap(file -> authority(file, now)).ifPresent(findings::add);
        boolean isThere = lookAtMesh(findings, now);
        if (secrets.isThere()) {
            lookAtStore(findings, now);
        }
        terminal.result(output.answer(() -> Finding.text(findings, terminal.outInk()), () -> Finding.json(findings)));
        if (!isThere) {
            return ExitCode.NO_MESH.code();
        }
        boolean isWell = findings.stream().noneMatch(finding -> finding.grade() == Grade.BAD);
        return (isWell ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private static Finding noLogin() {
        return Finding.warning(
                "no login is named: in a mesh without logins, whoever reaches it owns the fleet",
                "`harmony mesh create` makes a mesh with logins; --mesh-login names one");
    }

    private static Finding login(Path file, Instant now) {
        try (Login login = Login.readFile(file)) {
            String what = "your login, '%s'".formatted(login.token().name());
            return login.token()
                    .until()
                    .map(end -> new Finding.Ending(
                                    what, end, "ask whoever runs the mesh for another: harmony mesh login")
                            .at(now, Token.EARLY))
                    .orElseGet(() -> Finding.good(what + ": without an end"));
        } catch (InvalidValueException e) {
            return Finding.bad(String.valueOf(e.getMessage()), "name another: --mesh-login, HARMONY_MESH_LOGIN");
        }
    }

    /** One that cannot be read is told as the reason for which no server is reached. */
    private static Optional<Finding> authority(Path file, Instant now) {
        try {
            return CertificateAuthority.certificate(Files.readAllBytes(file))
                    .map(certificate -> StoreCheckup.authority("mesh's servers, " + file, certificate, now));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether there is a mesh. */
    private boolean lookAtMesh(List<Finding> findings, Instant now) {
        for (NatsAddress address : mesh.servers()) {
            findings.add(server(address, now));
        }
        try (MeshSession session = mesh.open()) {
            findings.addAll(new FleetCheckup(session.fleet(), now).findings().toList());
            return true;
        } catch (MeshUnavailableException e) {
            findings.add(Finding.of(e.why()));
            return false;
        }
    }

    private Finding server(NatsAddress address, Instant now) {
        try {
            return NatsServers.certificate(address, mesh.access(), ANSWER)
                    .map(certificate -> server(address, certificate, now))
                    .orElseGet(() -> Finding.warning(
                            "%s: without TLS, whoever is on the way reads and writes along".formatted(address),
                            "`harmony mesh server` makes what a server with TLS needs; then write tls://"));
        } catch (MeshUnavailableException e) {
            return Finding.of(e.why());
        }
    }

    private static Finding server(NatsAddress address, X509Certificate certificate, Instant now) {
        return new Finding.Ending(
                        "the certificate of " + address,
                        certificate.getNotAfter().toInstant(),
                        "`harmony mesh server` with its folder writes another, and `nats-server --signal reload` takes it up")
                .at(now, CertificateAuthority.renewal(certificate));
    }

    private void lookAtStore(List<Finding> findings, Instant now) {
        try (Secrets store = secrets.open()) {
            findings.addAll(new StoreCheckup(store, now).findings().toList());
        } catch (SecretsUnavailableException | CommandFailedException e) {
            findings.add(Finding.of(Failure.of(e).cause()));
        }
    }
}
