package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Inventory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Show all nodes that registered with the mesh.",
        footer = {"", "Example:", "  harmony node list --output json"})
final class NodeListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NodeListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            Inventory inventory = session.fleet().inventory();
            List<SameName> sameNames = SameName.of(session.fleet().nodeReports().rivals(), inventory);
            terminal.result(output.answer(
                    () -> NodeReport.text(inventory, terminal.outInk()) + SameName.text(sameNames, terminal.outInk()),
                    () -> NodeReport.json(inventory, sameNames)));
            return ExitCode.DONE.code();
        }
    }
}
