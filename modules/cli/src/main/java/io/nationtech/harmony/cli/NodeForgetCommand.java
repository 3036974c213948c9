package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.node.DesiredState;
import io.nationtech.harmony.engine.NodeRemoval;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "forget",
        description = "Take one node that never comes back out of the mesh.",
        footer = {
            "",
            "A node that is alive is not forgotten. What ran there runs elsewhere with the next `harmony deploy` of its module, or at once",
            "where somebody operates it. Should the node come back after all, it registers anew and stops what it ran.",
            "",
            "Examples:",
            "  harmony node forget node-1",
            "  harmony node forget node-1 --accept-loss volume/orders"
        })
final class NodeForgetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private NodeArgument node = new NodeArgument();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NodeForgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            NodeRemoval removal = new NodeRemoval(session.fleet(), PersonAtKeyboard.author());
            return switch (removal.forget(node.id(), consent.consent())) {
                case NodeRemoval.Result.Forgotten(List<DesiredState> withdrawn) -> {
                    RemovalReport report = new RemovalReport(node.id(), withdrawn);
                    terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
                    yield ExitCode.DONE.code();
                }
                case NodeRemoval.Result.CameBack() ->
                    refused(
                            List.of(
                                    new Cause(
                                            "node '%s' came back while it was being forgotten".formatted(node.id()),
                                            "mesh, node heartbeat",
                                            "it is listed again, and stops what it ran; `harmony deploy` of its modules gives it work anew")));
                case NodeRemoval.Result.Refused(List<Cause> causes) -> refused(causes);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(List.of(new Cause(
                    "interrupted",
                    "node '%s'".formatted(node.id()),
                    "`harmony node forget %s` goes on from there".formatted(node.id()))));
        }
    }

    private int refused(List<Cause> causes) {
        String result = output.answer(() -> "", () -> Failure.json(causes));
        if (!result.isEmpty()) {
            terminal.result(result);
        }
        causes.forEach(terminal::complain);
        return ExitCode.FAILED.code();
    }
}
