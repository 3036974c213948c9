package io.nationtech.harmony.cli;

import io.nationtech.harmony.certificates.CertificateAuthority;
import io.nationtech.harmony.secrets.Secrets;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "create",
        description = "Make the keys of a new mesh, once, and keep them as secrets mesh-keys and mesh-ca.",
        footer = {
            "",
            "Writes the certificate by which everybody knows the mesh's servers. Whoever has the keys lets",
            "others in: they stay in the store of whoever runs the mesh, and no server or node has them.",
            "",
            "Example:",
            "  harmony mesh create > mesh-ca.crt"
        })
final class MeshCreateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Secrets store = secrets.open()) {
            CertificateAuthority authority =
                    new MeshKeys(store).create(terminal.clock().instant());
            terminal.say("The mesh is made. Its keys are secrets mesh-keys and mesh-ca of %s".formatted(store.place()));
            tell(terminal, authority.certificate());
            terminal.say("Next:");
            terminal.say("  harmony mesh server --address <host> <folder>   what a nats-server needs");
            terminal.say("  harmony mesh login --operator <name>            who deploys; --node <name> for each node");
        }
        return ExitCode.DONE.code();
    }

    static void tell(Terminal terminal, X509Certificate certificate) {
        terminal.say("The certificate for --mesh-ca, until %tF:".formatted(certificate.getNotAfter()));
        terminal.say("SHA-256 %s".formatted(CertificateAuthority.fingerprint(certificate)));
        terminal.result(CertificateAuthority.pem(certificate));
    }
}
