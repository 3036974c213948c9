package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.backup.BackupOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        description = "Make copies of a deployment's data now, and wait for their end.",
        footer = {
            "",
            "The nodes go on also when this command is ended.",
            "",
            "Examples:",
            "  harmony backup run shop",
            "  harmony backup run shop volume/orders"
        })
final class BackupRunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataArgument data = new DataArgument();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    BackupRunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            BackupNodes nodes = BackupNodes.of(terminal, session.fleet(), data.deployment());
            return nodes.tell(nodes.work(new BackupOrder.Run(data.named())), output);
        }
    }
}
