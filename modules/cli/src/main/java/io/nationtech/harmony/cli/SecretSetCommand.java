package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import io.nationtech.harmony.secrets.Stored;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "set",
        description = "Keep a value, the first or a new version; read from the standard input, or typed in unseen.",
        footer = {
            "",
            "One line end at the end of the input is not part of the value.",
            "",
            "Examples:",
            "  harmony secret set db-password                    at a terminal: asks, and shows nothing",
            "  pwgen -s 32 1 | harmony secret set db-password",
            "  harmony secret set tls-key --environment prod < key.pem"
        })
final class SecretSetCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ValueInput input;

    @Mixin
    private SecretArgument secret = new SecretArgument();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    SecretSetCommand(Terminal terminal, ValueInput input) {
        this.terminal = terminal;
        this.input = input;
    }

    @Override
    public Integer call() {
        SecretRef ref = secret.ref();
        try (Secrets store = secrets.open();
                Secret value = input.value(ref)) {
            CaCommand.requireAuthority(ref, value);
            tell(terminal, ref, store, store.set(ref, value));
        }
        return ExitCode.DONE.code();
    }

    static void tell(Terminal terminal, SecretRef ref, Secrets store, Stored stored) {
        switch (stored) {
            case Stored.At(long version) -> {
                terminal.say("Secret %s has version %d in %s".formatted(ref.name(), version, store.place()));
                terminal.say(
                        "What reads it gets it with the next `harmony deploy`; `harmony plan` shows what that is.");
            }
            case Stored.Conflict() ->
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        new Cause(
                                "somebody else changed secret '%s' at the same time".formatted(ref.name()),
                                store.place(),
                                "nothing was changed by this command; try again"));
        }
    }
}
