package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.InParallel;
import io.nationtech.harmony.fleet.LogsReply;
import io.nationtech.harmony.fleet.LogsRequest;
import io.nationtech.harmony.fleet.NodeCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        description = "Show what a deployment's containers wrote last, on each of its nodes.",
        footer = {
            "",
            "It ends with 1 when a node does not answer; what the others wrote is shown.",
            "",
            "Example:",
            "  harmony logs website -n 20"
        })
final class LogsCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "<lines>",
            defaultValue = "100",
            description = "how many of the newest lines of each container, 1 to 10000 (default: ${DEFAULT-VALUE})")
    private int lines;

    @Mixin
    private NodeChoice.Options choice = new NodeChoice.Options();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private record Answer(NodeId node, LogsReply reply) {}

    private record Said(NodeId node, LogsReply.Line line) {
        String text() {
            return "%s/%s | %s%n".formatted(node, line.resource(), printable(line.text()));
        }

        Object json() {
            return Json.object(
                    "node", node.value(),
                    "resource", line.resource().value(),
                    "text", line.text());
        }
    }

    /** A container's line is anybody's text: escape sequences in it must not reach the terminal. */
    static String printable(String text) {
        return text.replaceAll("[\\p{IsControl}&&[^\t]]", "\uFFFD");
    }

    LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 1 || lines > MOST) {
            throw new ParameterException(spec.commandLine(), "'%d' lines are outside 1..%d".formatted(lines, MOST));
        }
        List<Said> said = new ArrayList<>();
        List<Cause> silent = new ArrayList<>();
        try (MeshSession session = mesh.open()) {
            NodeCommands commands = session.fleet().commands();
            LogsRequest request = new LogsRequest(deployment.name(), lines);
            List<Answer> answers = InParallel.all(
                    DeploymentNodes.of(deployment.name(), choice.get(), session),
                    node -> new Answer(node, commands.logs(node, request)));
            for (Answer answer : answers) {
                switch (answer.reply()) {
                    case LogsReply.Lines(var all) -> all.forEach(line -> said.add(new Said(answer.node(), line)));
                    case LogsReply.Refused(Cause cause) -> silent.add(cause);
                }
            }
        }
        terminal.out()
                .print(output.answer(
                        () -> said.stream().map(Said::text).collect(Collectors.joining()),
                        () -> Json.object("lines", said.stream().map(Said::json).toList())));
        terminal.out().flush();
        silent.forEach(terminal::complain);
        return (silent.isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
