package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.NodeMaintenance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "drain",
        description = "Let nodes take no new work, and lose what may move.",
        footer = {
            "",
            "What may move does so with the next `harmony deploy` of its module, or at once where somebody operates it.",
            "",
            "Example:",
            "  harmony node drain node-1",
            "  harmony node drain -l site=home"
        })
final class NodeDrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Maintaining maintaining = new Maintaining();

    NodeDrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return maintaining.run(terminal, NodeMaintenance::drain);
    }
}
