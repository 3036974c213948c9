package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.NodeCommands;
import io.nationtech.harmony.fleet.RestartReply;
import io.nationtech.harmony.fleet.RestartRequest;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart",
        description = "Start a deployment's containers again, node by node, each once the one before is well.",
        footer = {
            "",
            "A container is well once it runs, and its probe, if it has one, was answered well. At the first node",
            "where one is not it ends with 1, and the nodes that are left stay as they are. Jobs are left alone.",
            "",
            "Examples:",
            "  harmony restart shop",
            "  harmony restart shop web --node node-1"
        })
final class RestartCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("NODE", "RESULT", "CONTAINERS");

    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Parameters(
            index = "1..*",
            paramLabel = "<container>",
            arity = "0..*",
            converter = ReadContainer.class,
            description = "only these containers")
    private List<ContainerName> containers = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "<seconds>",
            defaultValue = "300",
            converter = RequestTimeout.class,
            description = "how long a node may take until they are well, 1 to 540 (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(5);

    @Mixin
    private NodeChoice.Options choice = new NodeChoice.Options();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    RestartCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private static Row left(NodeId node) {
        return Row.of(Cell.of(node.value()), new Cell("left as it was", Tone.CHANGED), Cell.of(""));
    }

    private record Answer(NodeId node, RestartReply reply) {
        boolean isGood() {
            return reply instanceof RestartReply.Restarted;
        }

        Row row() {
            return switch (reply) {
                case RestartReply.Restarted(List<ContainerName> all)
                when all.isEmpty() -> row("has nothing that runs all the time", Tone.NORMAL, "");
                case RestartReply.Restarted(List<ContainerName> all) -> row("started again", Tone.GOOD, names(all));
                case RestartReply.Failed _ -> row("failed", Tone.BAD, "");
                case RestartReply.Refused _ -> row("refused", Tone.BAD, "");
            };
        }

        private Row row(String result, Tone tone, String names) {
            return Row.of(Cell.of(node.value()), new Cell(result, tone), Cell.of(names));
        }

        private static String names(List<ContainerName> all) {
            return all.stream().map(ContainerName::value).collect(Collectors.joining(", "));
        }

        Outcome outcome() {
            return switch (reply) {
                case RestartReply.Restarted(List<ContainerName> all) ->
                    new Outcome.Changed("node '%s' started again: %s".formatted(node, names(all)));
                case RestartReply.Failed(Cause why) -> new Outcome.Failed(why);
                case RestartReply.Refused(Cause why) -> new Outcome.Failed(why);
            };
        }

        Stream<Cause> failure() {
            return outcome() instanceof Outcome.Failed(Cause why) ? Stream.of(why) : Stream.of();
        }

        Object json() {
            Map<String, Object> object = Json.object("node", node.value());
            switch (reply) {
                case RestartReply.Restarted(List<ContainerName> all) ->
                    object.put(
                            "restarted", all.stream().map(ContainerName::value).toList());
                case RestartReply.Failed(Cause why) -> object.put("failed", Json.of(why));
                case RestartReply.Refused(Cause why) -> object.put("refused", Json.of(why));
            }
            return object;
        }
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            List<NodeId> nodes = DeploymentNodes.of(deployment.name(), choice.get(), session);
            List<Answer> answers = restart(nodes, session.fleet().commands());
            List<NodeId> left = nodes.subList(answers.size(), nodes.size());
            terminal.result(output.answer(
                    () -> Table.of(
                                    HEAD,
                                    Stream.concat(
                                            answers.stream().map(Answer::row),
                                            left.stream().map(RestartCommand::left)))
                            .render(terminal.outInk()),
                    () -> Json.object(
                            "nodes",
                            answers.stream().map(Answer::json).toList(),
                            "left",
                            left.stream().map(NodeId::value).toList())));
            answers.stream().flatMap(Answer::failure).forEach(terminal::complain);
            return (answers.stream().allMatch(Answer::isGood) ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }

    private List<Answer> restart(List<NodeId> nodes, NodeCommands commands) {
        List<Answer> answers = new ArrayList<>();
        try (ShownProgress progress = ShownProgress.on(terminal)) {
            for (NodeId node : nodes) {
                progress.begin(node);
                Answer answer = new Answer(node, restart(node, commands));
                progress.end(node, answer.outcome());
                answers.add(answer);
                if (!answer.isGood()) {
                    break;
                }
            }
        }
        return answers;
    }

    private RestartReply restart(NodeId node, NodeCommands commands) {
        try {
            return commands.restart(node, new RestartRequest(deployment.name(), containers, timeout));
        } catch (MeshUnavailableException e) {
            return new RestartReply.Failed(e.why());
        }
    }
}
