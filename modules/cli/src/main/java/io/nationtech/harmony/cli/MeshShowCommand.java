package io.nationtech.harmony.cli;

import io.nationtech.harmony.secrets.Secrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = "Write the certificate by which everybody knows the mesh's servers, without its key.",
        footer = {"", "Example:", "  harmony mesh show > mesh-ca.crt"})
final class MeshShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Secrets store = secrets.open()) {
            MeshCreateCommand.tell(terminal, new MeshKeys(store).authority().certificate());
        }
        return ExitCode.DONE.code();
    }
}
