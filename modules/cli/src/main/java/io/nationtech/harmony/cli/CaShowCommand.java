package io.nationtech.harmony.cli;

import io.nationtech.harmony.secrets.Secrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = "Write the certificate that people trust, without its key.",
        footer = {"", "Example:", "  harmony ca show > site-ca.crt"})
final class CaShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    CaShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Secrets store = secrets.open()) {
            CaCommand.tell(terminal, CaCommand.certificate(store));
        }
        return ExitCode.DONE.code();
    }
}
