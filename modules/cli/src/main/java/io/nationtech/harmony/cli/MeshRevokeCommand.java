package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import io.nationtech.harmony.mesh.nats.NatsAccounts;
import io.nationtech.harmony.nats.identity.ClientName;
import io.nationtech.harmony.nats.identity.IssuedLogins;
import io.nationtech.harmony.nats.identity.KeyKind;
import io.nationtech.harmony.nats.identity.KeyPair;
import io.nationtech.harmony.nats.identity.Login;
import io.nationtech.harmony.nats.identity.MeshAuthority;
import io.nationtech.harmony.nats.identity.Token;
import io.nationtech.harmony.secrets.Secrets;
import java.time.Duration;
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
            "It is kept first, and then servers are told. When none answers, run it again once one does;",
            "until then whoever has the login is let in.",
            "",
            "Example:",
            "  harmony mesh revoke node-1 --mesh tls://192.0.2.1 --mesh-ca mesh-ca.crt"
        })
final class MeshRevokeCommand implements Callable<Integer> {
    private static final Duration ONE_TASK = Duration.ofMinutes(5);

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
            push(keys, new MeshKeys(store).revoke(name, now), now);
            terminal.say("'%s' is let in no more; its connections are ended".formatted(name));
        }
        return ExitCode.DONE.code();
    }

    private void push(MeshAuthority keys, IssuedLogins logins, Instant now) {
        try (KeyPair key = KeyPair.generate(KeyKind.USER)) {
            Token token = keys.systemLogin(ClientName.of("harmony"), key.publicKey(), now.plus(ONE_TASK), now);
            NatsAccounts.update(
                    option.as(() -> new FileLogin(new Login(token, KeyPair.ofSeed(key.seed())), terminal.clock())),
                    keys.accountToken(logins.revocations(), now).text());
        } catch (MeshUnavailableException e) {
            throw new CommandFailedException(
                    ExitCode.NO_MESH,
                    new Cause(
                            "kept, but no server was told: " + e.why().what(),
                            e.why().where(),
                            "until one is, the login goes on letting in: run this again once a server answers. "
                                    + e.why().next()),
                    e);
        }
    }
}
