package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.fleet.Reported;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "diff",
        description = "Show what changed of one node's hardware.",
        footer = {"", "Examples:", "  harmony node diff node-1", "  harmony node diff node-1 --since 2h"})
final class NodeDiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private NodeArgument node = new NodeArgument();

    @Option(
            names = "--since",
            paramLabel = "<when>",
            converter = Since.Read.class,
            description =
                    "a generation, as in 3, or how long ago, as in 90s, 20m, 2h or 7d; else the report before the last")
    private Since since = new Since.Before();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NodeDiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            List<Reported> reports = session.fleet().nodeReports().hardware(node.id());
            if (reports.isEmpty()) {
                throw nothingTold();
            }
            HardwareDiff diff = HardwareDiff.of(reports, since, terminal.clock().instant());
            terminal.result(output.answer(() -> diff.text(terminal.outInk()), diff::json));
            return ExitCode.DONE.code();
        }
    }

    private CommandFailedException nothingTold() {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause(
                        "node '%s' never told its hardware".formatted(node.id()),
                        "mesh, node hardware",
                        "`harmony node list` shows the nodes; an agent of before hardware was told has to be upgraded"));
    }
}
