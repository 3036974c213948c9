package io.nationtech.harmony.cli;

import io.nationtech.harmony.secrets.age.AgeIdentity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Write the public key that belongs to your private one.")
final class SecretKeyShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    SecretKeyShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (AgeIdentity own = secrets.identity()) {
            terminal.result(own.recipient().value());
        }
        return ExitCode.DONE.code();
    }
}
