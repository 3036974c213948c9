package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.NodeMaintenance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "uncordon",
        description = "Let nodes take work again; nothing moves back by that.",
        footer = {"", "Example:", "  harmony node uncordon node-1", "  harmony node uncordon -l site=home"})
final class NodeUncordonCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Maintaining maintaining = new Maintaining();

    NodeUncordonCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return maintaining.run(terminal, NodeMaintenance::uncordon);
    }
}
