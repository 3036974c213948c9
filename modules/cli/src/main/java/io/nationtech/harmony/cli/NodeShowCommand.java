package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.node.NodeStatus;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "show",
        description = "Show one node in full, its part in each deployment, and whether its agent answers now.",
        footer = {"", "Example:", "  harmony node show node-1"})
final class NodeShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "<id>", converter = ReadId.class, description = "a node's id, as in `harmony node list`")
    private Optional<NodeId> id = Optional.empty();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NodeShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        NodeId wanted = id.orElseThrow();
        try (MeshSession session = mesh.open()) {
            NodeStatus node = session.fleet().inventory().nodes().stream()
                    .filter(one -> one.info().id().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> unknown(wanted));
            StatusReport shares = StatusReport.of(
                    new Inventory(List.of(node)), session.fleet().nodeStates());
            boolean answers = session.fleet().commands().ping(wanted);
            terminal.result(output.answer(
                    () -> NodeReport.text(node, shares, answers ? "its agent answers" : "no answer", terminal.outInk()),
                    () -> json(node, shares, answers)));
            return ExitCode.DONE.code();
        }
    }

    private static Object json(NodeStatus node, StatusReport shares, Boolean answers) {
        Map<String, Object> object = NodeReport.json(node);
        object.put("answers", answers);
        object.put("shares", shares.sharesJson());
        return object;
    }

    private static CommandFailedException unknown(NodeId id) {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause(
                        "no node '%s' ever registered".formatted(id),
                        "mesh, node info",
                        "`harmony node list` shows the nodes"));
    }

    /** Reads an id. */
    static final class ReadId implements ITypeConverter<NodeId> {
        @Override
        public NodeId convert(String text) {
            try {
                return NodeId.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
