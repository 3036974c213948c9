package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.backup.BackupOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description = "Read the newest copies back, byte for byte, and look whether their repository is whole.",
        footer = {"", "Example:", "  harmony backup verify shop"})
final class BackupVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataArgument data = new DataArgument();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    BackupVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            BackupNodes nodes = BackupNodes.of(terminal, session.fleet(), data.deployment());
            return nodes.tell(nodes.work(new BackupOrder.Verify(data.named())), output);
        }
    }
}
