package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.MaintenanceReport.News;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.NodeMaintenance;
import picocli.CommandLine.Mixin;

/** What commands that take nodes out of service and back have in common. */
final class Maintaining {
    @Mixin
    private NodeArgument node = new NodeArgument();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /** What is done with a node. */
    interface Work {
        NodeMaintenance.Result on(NodeMaintenance upkeep, NodeId node) throws InterruptedException;
    }

    int run(Terminal terminal, Work work) {
        try (MeshSession session = mesh.open()) {
            NodeMaintenance upkeep = new NodeMaintenance(session.fleet(), PersonAtKeyboard.author(), terminal.clock());
            MaintenanceReport report = switch (work.on(upkeep, node.id())) {
                case NodeMaintenance.Result.Changed(var now) -> new MaintenanceReport(now, News.CHANGED);
                case NodeMaintenance.Result.Unchanged(var now) -> new MaintenanceReport(now, News.UNCHANGED);
                case NodeMaintenance.Result.Failed(Cause why) -> throw new CommandFailedException(ExitCode.FAILED, why);
            };
            terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
            return ExitCode.DONE.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause("interrupted", "node '%s'".formatted(node.id()), "`harmony node show` says how it is"));
        }
    }
}
