package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secrets;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "Say who may log in, one a line.",
        footer = {"", "Example:", "  harmony login list photos-users"})
final class LoginListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "<secret>",
            converter = LoginArgument.ReadSecret.class,
            description = "the secret that says who may log in, as a deployment names it")
    private SecretRef secret = SecretRef.of("unnamed");

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    LoginListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Secrets store = secrets.open()) {
            terminal.result(LoginCommand.Logins.of(store, secret).required(store, secret).users().keySet().stream()
                    .map("%s%n"::formatted)
                    .collect(Collectors.joining()));
        }
        return ExitCode.DONE.code();
    }
}
