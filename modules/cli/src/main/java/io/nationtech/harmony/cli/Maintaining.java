package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.MaintenanceReport.News;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.InParallel;
import io.nationtech.harmony.engine.NodeMaintenance;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands that take nodes out of service and back have in common. */
final class Maintaining {
    private static final List<String> HEAD = List.of("NODE", "RESULT", "MAY MOVE", "STAYS");

    @Mixin
    private NodeChoice.Arguments choice = new NodeChoice.Arguments();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What is done with a node. */
    interface Work {
        NodeMaintenance.Result on(NodeMaintenance upkeep, NodeId node) throws InterruptedException;
    }

    /** What came of it at one of several. */
    private record Done(NodeId node, NodeMaintenance.Result result) {
        boolean isFailed() {
            return result instanceof NodeMaintenance.Result.Failed;
        }

        Optional<MaintenanceReport> report() {
            return switch (result) {
                case NodeMaintenance.Result.Changed(var now) -> Optional.of(new MaintenanceReport(now, News.CHANGED));
                case NodeMaintenance.Result.Unchanged(var now) ->
                    Optional.of(new MaintenanceReport(now, News.UNCHANGED));
                case NodeMaintenance.Result.Failed _ -> Optional.empty();
            };
        }

        Row row() {
            return switch (result) {
                case NodeMaintenance.Result.Failed(Cause why) ->
                    Row.of(Cell.of(node.value()), new Cell(why.what(), Tone.BAD), Cell.of("-"), Cell.of("-"));
                default -> report().orElseThrow().row();
            };
        }

        Object json() {
            return switch (result) {
                case NodeMaintenance.Result.Failed(Cause why) ->
                    Json.object("node", node.value(), "failed", Json.of(why));
                default -> report().orElseThrow().json();
            };
        }
    }

    int run(Terminal terminal, Work work) {
        NodeChoice chosen = choice.get();
        if (chosen.isOpen()) {
            throw new ParameterException(
                    spec.commandLine(), "name one node or several, or select them: <id>, or -l site=home");
        }
        try (MeshSession session = mesh.open()) {
            NodeMaintenance upkeep = new NodeMaintenance(session.fleet(), PersonAtKeyboard.author(), terminal.clock());
            List<Done> done = InParallel.all(nodes(chosen, session), node -> new Done(node, work.on(upkeep, node)));
            return chosen.isOne() ? tellOne(terminal, done.getFirst()) : tell(terminal, done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(
                    ExitCode.FAILED, new Cause("interrupted", "mesh", "`harmony node list` says how nodes are"));
        }
    }

    /** One that is named is looked for by the work itself, which says when there is none. */
    private static List<NodeId> nodes(NodeChoice chosen, MeshSession session) {
        return chosen.isOne()
                ? chosen.named()
                : chosen.of(session.fleet().inventory().nodes()).stream()
                        .map(node -> node.info().id())
                        .toList();
    }

    private int tellOne(Terminal terminal, Done done) {
        if (done.result() instanceof NodeMaintenance.Result.Failed(Cause why)) {
            throw new CommandFailedException(ExitCode.FAILED, why);
        }
        MaintenanceReport report = done.report().orElseThrow();
        terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
        return ExitCode.DONE.code();
    }

    private int tell(Terminal terminal, List<Done> done) {
        terminal.result(output.answer(
                () -> Table.of(HEAD, done.stream().map(Done::row)).render(terminal.outInk()),
                () -> Json.object("nodes", done.stream().map(Done::json).toList())));
        return (done.stream().noneMatch(Done::isFailed) ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
