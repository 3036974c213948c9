package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.engine.NodeRemoval;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reset",
        description = "Have one node forget everything, and start over as it was flashed.",
        footer = {
            "",
            "Its containers, their data, its name and its login are gone from the node then; where its disk is encrypted, it is by another key.",
            "Move its work away first, with `harmony node drain` and `harmony deploy`. What a node has a volume of is not lost unless",
            "--accept-loss names it. Afterwards take the node out of the mesh with `harmony mesh revoke` and `harmony node forget`.",
            "It is set up again as a new one is: with a stick.",
            "",
            "Examples:",
            "  harmony node reset node-1",
            "  harmony node reset node-1 --accept-loss volume/orders"
        })
final class NodeResetCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private NodeArgument node = new NodeArgument();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    NodeResetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            List<Cause> obstacles =
                    new NodeRemoval(session.fleet(), PersonAtKeyboard.author()).reset(node.id(), consent.consent());
            obstacles.forEach(terminal::complain);
            if (obstacles.isEmpty()) {
                terminal.say("%s forgets everything and starts over".formatted(node.id()));
                terminal.say(
                        "  → take it out of the mesh: `harmony mesh revoke %1$s`, and in a minute `harmony node forget %1$s`"
                                .formatted(node.id()));
            }
            return (obstacles.isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }
}
