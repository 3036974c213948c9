package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.value.Arguments;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.InParallel;
import io.nationtech.harmony.fleet.ExecReply;
import io.nationtech.harmony.fleet.ExecReply.Output;
import io.nationtech.harmony.fleet.ExecRequest;
import io.nationtech.harmony.fleet.NodeCommands;
import io.nationtech.harmony.fleet.Octets;
import io.nationtech.harmony.mesh.MeshUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "exec",
        description = "Run a program in a container of a deployment, beside its process.",
        customSynopsis = "harmony exec <deployment> [<container>] [OPTIONS] -- <program> [<argument>…]",
        footer = {
            "",
            "On one node it ends with the program's exit code, and its output is the program's, once that ended; on",
            "several, with 1 when one ends with another code than 0. Who ran what is kept, with its arguments, where",
            "onlookers read it (`harmony audit`): give secrets to --stdin, of which nothing is kept.",
            "",
            "Examples:",
            "  harmony exec shop -- cat /etc/os-release",
            "  harmony exec shop db --node node-1 -- psql -c 'select 1'",
            "  harmony exec shop web -l site=home -- nginx -t"
        })
final class ExecCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("NODE", "EXIT CODE", "OUTPUT", "ERRORS");
    private static final String END_OF_OPTIONS = "--";

    private final Terminal terminal;
    private final ValueInput input;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Parameters(
            index = "1..*",
            paramLabel = "[<container>] -- <program> [<argument>…]",
            hideParamSyntax = true,
            description = "a container, where the deployment has several; after --, the program, which no shell reads")
    private List<String> words = List.of();

    @Option(
            names = {"-i", "--stdin"},
            description = "give the program what is piped in here, 256 KiB at most")
    private boolean isFed;

    @Option(
            names = "--timeout",
            paramLabel = "<seconds>",
            defaultValue = "60",
            converter = RequestTimeout.class,
            description = "after how long the program is ended, 1 to 540 (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofMinutes(1);

    @Mixin
    private NodeChoice.Options choice = new NodeChoice.Options();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ExecCommand(Terminal terminal, ValueInput input) {
        this.terminal = terminal;
        this.input = input;
    }

    private record Answer(NodeId node, ExecReply reply) {
        boolean isGood() {
            return reply instanceof ExecReply.Exited(int code, var _, var _) && code == 0;
        }

        Outcome outcome() {
            return switch (reply) {
                case ExecReply.Exited(int code, var _, var _) ->
                    new Outcome.Changed("node '%s': exit code %d".formatted(node, code));
                case ExecReply.Failed(Cause why, var _, var _) -> new Outcome.Failed(why);
                case ExecReply.Refused(Cause why) -> new Outcome.Failed(why);
            };
        }

        Row row() {
            return switch (reply) {
                case ExecReply.Exited(int code, Output out, Output errors) ->
                    Row.of(
                            Cell.of(node.value()),
                            new Cell(Integer.toString(code), code == 0 ? Tone.GOOD : Tone.BAD),
                            Cell.of(lastLine(out)),
                            Cell.of(lastLine(errors)));
                case ExecReply.Failed(Cause why, var _, var _) -> row(why);
                case ExecReply.Refused(Cause why) -> row(why);
            };
        }

        private Row row(Cause why) {
            return Row.of(Cell.of(node.value()), new Cell("none", Tone.BAD), Cell.of(""), Cell.of(why.what()));
        }

        Object json() {
            Map<String, Object> object = Json.object("node", node.value());
            switch (reply) {
                case ExecReply.Exited(int code, Output out, Output errors) -> {
                    object.put("exitCode", code);
                    object.put("output", json(out));
                    object.put("errors", json(errors));
                }
                case ExecReply.Failed(Cause why, Output out, Output errors) -> {
                    object.put("failed", Json.of(why));
                    object.put("output", json(out));
                    object.put("errors", json(errors));
                }
                case ExecReply.Refused(Cause why) -> object.put("refused", Json.of(why));
            }
            return object;
        }

        private static Object json(Output output) {
            return Json.object("text", text(output), "bytes", output.written(), "cut", output.isCut());
        }

        private static String text(Output output) {
            return new String(output.begin().bytes(), StandardCharsets.UTF_8);
        }

        private static String lastLine(Output output) {
            return LogsCommand.printable(
                    text(output).lines().reduce((_, last) -> last).orElse(""));
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        ExecRequest request = request();
        try (MeshSession session = mesh.open()) {
            List<NodeId> nodes = DeploymentNodes.of(deployment.name(), choice.get(), session);
            NodeCommands commands = session.fleet().commands();
            if (nodes.size() == 1) {
                return tellOne(new Answer(nodes.getFirst(), commands.exec(nodes.getFirst(), request)));
            }
            if (choice.get().isOpen()) {
                throw new CommandFailedException(
                        ExitCode.FAILED,
                        new Cause(
                                "deployment '%s' is on %d nodes, and the program would run on one"
                                        .formatted(deployment.name(), nodes.size()),
                                nodes.stream().map(NodeId::value).collect(Collectors.joining(", ")),
                                "say on which: --node, or --selector"));
            }
            return tell(all(nodes, commands, request));
        }
    }

    private List<Answer> all(List<NodeId> nodes, NodeCommands commands, ExecRequest request)
            throws InterruptedException {
        try (ShownProgress progress = ShownProgress.on(terminal)) {
            return InParallel.all(nodes, node -> {
                progress.begin(node);
                Answer answer = new Answer(node, exec(commands, node, request));
                progress.end(node, answer.outcome());
                return answer;
            });
        }
    }

    /** What the mesh refuses for one takes nothing from what others answered. */
    private static ExecReply exec(NodeCommands commands, NodeId node, ExecRequest request) {
        try {
            return commands.exec(node, request);
        } catch (MeshUnavailableException e) {
            return new ExecReply.Refused(e.why());
        }
    }

    private ExecRequest request() {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        int end = given.indexOf(END_OF_OPTIONS);
        int length = end < 0 ? 0 : given.size() - end - 1;
        int before = words.size() - length;
        if (length == 0 || before < 0 || before > 1) {
            throw new ParameterException(
                    spec.commandLine(), "write the program after --, and before that at most one container");
        }
        try {
            return new ExecRequest(
                    deployment.name(),
                    words.subList(0, before).stream().map(ContainerName::of).findFirst(),
                    new Arguments(words.subList(before, words.size())),
                    isFed ? read() : Octets.none(),
                    timeout);
        } catch (InvalidValueException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Octets read() {
        return switch (input) {
            case ValueInput.Typing _ ->
                throw new ParameterException(
                        spec.commandLine(), "--stdin takes what is piped in, and this is a terminal");
            case ValueInput.Piped(InputStream stream) -> {
                try {
                    yield Octets.copyOf(stream.readNBytes(Octets.MOST + 1));
                } catch (IOException e) {
                    throw new CommandFailedException(
                            ExitCode.FAILED,
                            new Cause(
                                    "what is piped in cannot be read: " + e.getMessage(),
                                    "standard input",
                                    "look at what feeds it"),
                            e);
                }
            }
        };
    }

    private int tellOne(Answer answer) {
        return output.choose(() -> passOn(answer), () -> tell(List.of(answer)));
    }

    /** As if the program ran here. */
    private int passOn(Answer answer) {
        return switch (answer.reply()) {
            case ExecReply.Exited(int code, Output out, Output errors) -> {
                passOn(answer.node(), out, errors);
                yield code;
            }
            case ExecReply.Failed(Cause why, Output out, Output errors) -> {
                passOn(answer.node(), out, errors);
                throw new CommandFailedException(ExitCode.FAILED, why);
            }
            case ExecReply.Refused(Cause why) -> throw new CommandFailedException(ExitCode.FAILED, why);
        };
    }

    private void passOn(NodeId node, Output out, Output errors) {
        terminal.out().writeBytes(out.begin().bytes());
        terminal.out().flush();
        terminal.err().writeBytes(errors.begin().bytes());
        terminal.err().flush();
        sayIfCut(node, "output", out);
        sayIfCut(node, "errors", errors);
    }

    private void sayIfCut(NodeId node, String what, Output said) {
        if (said.isCut()) {
            terminal.complain(new Cause(
                    "the %s is cut: these are the first %d of %d bytes"
                            .formatted(what, said.begin().size(), said.written()),
                    "node " + node,
                    "let the program write less, as by `head` or `tail`"));
        }
    }

    private int tell(List<Answer> answers) {
        terminal.result(output.answer(
                () -> Table.of(HEAD, answers.stream().map(Answer::row)).render(terminal.outInk()),
                () -> Json.object("nodes", answers.stream().map(Answer::json).toList())));
        return (answers.stream().allMatch(Answer::isGood) ? ExitCode.DONE : ExitCode.FAILED).code();
    }
}
