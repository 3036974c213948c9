package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeReading;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = "Show one node in full, its part in each deployment, and whether its agent answers now.",
        footer = {"", "Example:", "  harmony node show node-1"})
final class NodeShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private NodeArgument node = new NodeArgument();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NodeShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        NodeId wanted = node.id();
        try (MeshSession session = mesh.open()) {
            NodeStatus status =
                    session.fleet().reading(wanted).map(NodeReading::status).orElseThrow(node::unknown);
            StatusReport shares = StatusReport.of(
                    new Inventory(List.of(status)),
                    session.fleet().nodeReports().states(wanted),
                    terminal.clock().instant());
            List<SameName> sameNames =
                    SameName.of(session.fleet().nodeReports().rivals(wanted), new Inventory(List.of(status)));
            boolean answers = session.fleet().commands().ping(wanted);
            terminal.result(output.answer(
                    () -> NodeReport.text(
                                    status, shares, answers ? "its agent answers" : "no answer", terminal.outInk())
                            + SameName.text(sameNames, terminal.outInk()),
                    () -> json(status, shares, answers, sameNames)));
            return ExitCode.DONE.code();
        }
    }

    private static Object json(NodeStatus node, StatusReport shares, Boolean answers, List<SameName> sameNames) {
        Map<String, Object> object = NodeReport.json(node);
        node.hardware().ifPresent(report -> object.put("hardwareReport", HardwareView.json(report)));
        object.put("answers", answers);
        object.put("shares", shares.sharesJson());
        object.put("sameNames", SameName.json(sameNames));
        return object;
    }
}
