package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "get",
        description = "Write a value, and nothing else, to the standard output.",
        footer = {
            "",
            "Examples:",
            "  harmony secret get db-password | psql-login",
            "  harmony secret get db-password --show             at a terminal"
        })
final class SecretGetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SecretArgument secret = new SecretArgument();

    @Option(names = "--show", description = "also when the output is a terminal, where people and recordings see it")
    private boolean show;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    SecretGetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SecretRef ref = secret.ref();
        if (terminal.isOutSeen() && !show) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "the value of secret '%s' is not shown on a terminal".formatted(ref.name()),
                            "standard output",
                            "send it into a pipe or file, or say --show"));
        }
        try (Secrets store = secrets.open()) {
            switch (store.get(ref)) {
                case SecretLookup.Held held -> write(held.secret());
                case SecretLookup.Absent() ->
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            new Cause(
                                    "there is no secret '%s'".formatted(ref.name()),
                                    store.place(),
                                    "`harmony secret list` shows which there are"));
            }
        }
        return ExitCode.DONE.code();
    }

    private void write(Secret secret) {
        try (secret) {
            secret.read(value -> {
                terminal.out().write(value, 0, value.length);
                return value.length;
            });
            terminal.out().flush();
        }
    }
}
