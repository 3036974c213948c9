package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.node.NodeInfo;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.engine.InParallel;
import io.nationtech.harmony.fleet.NodeCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "ping",
        description = "Ask nodes' agents for an answer, all at once: those that are named or selected, or all.",
        footer = {
            "",
            "A node whose agent is connected and does not answer within 3 s hangs, or its uplink does.",
            "It ends with 1 when one does not answer.",
            "",
            "Example:",
            "  harmony node ping node-1 node-2",
            "  harmony node ping -l site=home,arch=arm64"
        })
final class NodePingCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("NODE", "SITE", "LAST SEEN", "ANSWER");

    private final Terminal terminal;

    @Mixin
    private NodeChoice.Arguments choice = new NodeChoice.Arguments();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NodePingCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param took until the answer; empty when there was none in time */
    private record Pinged(NodeStatus node, Optional<Duration> took) {
        Row row() {
            NodeInfo info = node.info();
            return Row.of(
                    Cell.of(info.id().value()),
                    Cell.of(info.location().site().value()),
                    LastSeen.cell(node.liveness()),
                    took.map(time -> new Cell("%d ms".formatted(time.toMillis()), Tone.GOOD))
                            .orElseGet(() -> new Cell("none", Tone.BAD)));
        }

        Object json() {
            return took.map(time -> Json.object(
                            "node", node.info().id().value(), "answers", true, "milliseconds", time.toMillis()))
                    .orElseGet(() -> Json.object("node", node.info().id().value(), "answers", false));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        try (MeshSession session = mesh.open()) {
            NodeCommands commands = session.fleet().commands();
            List<Pinged> all =
                    InParallel.all(choice.get().of(session.fleet().inventory().nodes()), node -> ping(node, commands));
            terminal.result(output.answer(
                    () -> Table.of(HEAD, all.stream().map(Pinged::row)).render(terminal.outInk()),
                    () -> Json.object("nodes", all.stream().map(Pinged::json).toList())));
            return (all.stream().allMatch(one -> one.took().isPresent()) ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }

    private static Pinged ping(NodeStatus node, NodeCommands commands) {
        long began = System.nanoTime();
        return new Pinged(
                node,
                commands.ping(node.info().id())
                        ? Optional.of(Duration.ofNanos(System.nanoTime() - began))
                        : Optional.empty());
    }
}
