package io.nationtech.harmony.cli;

import io.nationtech.harmony.secrets.age.AgeIdentity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "new",
        description = "Make a private key, in a file for you alone, and write its public key.",
        footer = {
            "",
            "Keep a copy of the file: what is encrypted for a lost key is lost. To read a store that others made, send one of them",
            "the public key: they run `harmony secret rotate --recipient <public key>`.",
            "",
            "Example:",
            "  harmony secret key new --environment prod"
        })
final class SecretKeyNewCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    SecretKeyNewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (AgeIdentity fresh = AgeIdentity.generate()) {
            fresh.writeTo(secrets.keyFile());
            terminal.say("The private key of environment %s is in %s; keep a copy of it. The public key:"
                    .formatted(secrets.environment(), secrets.keyFile()));
            terminal.result(fresh.recipient().value());
        }
        return ExitCode.DONE.code();
    }
}
