package io.nationtech.harmony.cli;

import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.secrets.Secrets;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Let somebody into the mesh no more, by any login of that name; end their connections.",
        footer = {
            "",
            "It is kept first, and then servers are told, and nodes. When none answers, run it again once one does;",
            "until then whoever has the login is let in, and followed.",
            "",
            "Example:",
            "  harmony mesh revoke node-1 --mesh tls://192.0.2.1 --mesh-ca mesh-ca.crt"
        })
final class MeshRevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "<name>",
            converter = MeshLoginCommand.ReadName.class,
            description = "of `harmony mesh list`")
    private ClientName name = ClientName.of("unnamed");

    @Mixin
    private MeshOption option = new MeshOption();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Instant now = terminal.clock().instant();
        try (Secrets store = secrets.open();
                MeshAuthority keys = new MeshKeys(store).keys()) {
            IssuedLogins logins = new MeshKeys(store).revoke(name, now);
            AccountUpdate.push(option, keys, logins, terminal.clock());
            terminal.say("'%s' is let in no more; its connections are ended".formatted(name));
            if (logins.of(name).stream().map(Issued::role).anyMatch(MeshListCommand.DEPLOYING::contains)) {
                terminal.say(
                        "  → what it deployed goes on, and nothing new of it is followed; `harmony mesh words` shows that, and signs it anew");
            }
        }
        return ExitCode.DONE.code();
    }
}
