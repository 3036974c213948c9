package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.NodeMaintenance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cordon",
        description = "Let nodes take no new work; what runs there goes on.",
        footer = {"", "Example:", "  harmony node cordon node-1", "  harmony node cordon -l site=home"})
final class NodeCordonCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Maintaining maintaining = new Maintaining();

    NodeCordonCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return maintaining.run(terminal, NodeMaintenance::cordon);
    }
}
