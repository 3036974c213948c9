package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Outcome;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.engine.NodeUpgrades;
import io.nationtech.harmony.engine.NodeUpgrades.Result;
import io.nationtech.harmony.engine.NodeUpgrades.Upgraded;
import io.nationtech.harmony.fleet.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "upgrade",
        description = "Have nodes run another operating system, so many at a time; each restarts once.",
        footer = {
            "",
            "A node fetches the release, checks who signed it, writes it beside what it runs, and starts into it. Should",
            "that not get well, the node goes back by itself, and says why. The next nodes follow once those before run",
            "it and have their deployments again; at the first that does not, the others stay as they are, and it ends",
            "with 1. Nodes that are not there are left as they are. A node goes on also when nobody waits any more.",
            "",
            "Examples:",
            "  harmony node upgrade node-1 --release https://releases.example/harmony --to 202611302100",
            "  harmony node upgrade -l site=home --max-unavailable 2 --release /media/stick --to 202611302100"
        })
final class NodeUpgradeCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("NODE", "RESULT");

    private final Terminal terminal;

    @Mixin
    private NodeChoice.Arguments choice = new NodeChoice.Arguments();

    @Option(
            names = "--release",
            required = true,
            paramLabel = "<url>|<folder>",
            converter = ReadPlace.class,
            description = "where the release lies: on a web server, or in a folder of each node, such as a stick's")
    private Optional<ReleasePlace> release = Optional.empty();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "<version>",
            converter = ReadVersion.class,
            description = "the version to run, as in the names of the release's files: 12 digits")
    private Optional<SystemVersion> version = Optional.empty();

    @Option(
            names = "--max-unavailable",
            paramLabel = "<nodes>",
            defaultValue = "1",
            converter = ReadCount.class,
            description = "how many nodes may be away at a time, 1 to 1000 (default: ${DEFAULT-VALUE})")
    private Integer atOnce = 1;

    @Option(
            names = "--timeout",
            paramLabel = "<seconds>",
            defaultValue = "3600",
            converter = TimeoutOption.ReadSeconds.class,
            description = "how long one node may take, 1 to 86400 (default: ${DEFAULT-VALUE})")
    private Duration timeout = Duration.ofHours(1);

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    NodeUpgradeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        NodeChoice chosen = choice.get();
        if (chosen.isOpen()) {
            throw new ParameterException(
                    spec.commandLine(), "name one node or several, or select them: <id>, or -l site=home");
        }
        UpgradeOrder order = new UpgradeOrder(version.orElseThrow(), release.orElseThrow());
        try (MeshSession session = mesh.open()) {
            List<NodeId> nodes = chosen.of(session.fleet().inventory().nodes()).stream()
                    .map(node -> node.info().id())
                    .toList();
            List<Upgraded> all = upgrade(session.fleet(), order, nodes);
            terminal.result(output.answer(
                    () -> Table.of(HEAD, all.stream().map(one -> row(one, order.version())))
                            .render(terminal.outInk()),
                    () -> Json.object(
                            "version",
                            order.version().value(),
                            "nodes",
                            all.stream().map(NodeUpgradeCommand::json).toList())));
            List<Cause> failures =
                    all.stream().flatMap(NodeUpgradeCommand::failure).toList();
            failures.forEach(terminal::complain);
            return (failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
        }
    }

    private List<Upgraded> upgrade(Fleet fleet, UpgradeOrder order, List<NodeId> nodes) throws InterruptedException {
        try (ShownProgress progress = ShownProgress.on(terminal)) {
            return new NodeUpgrades(fleet, order, new NodeUpgrades.Terms(atOnce, timeout), System::nanoTime)
                    .run(nodes, new Shown(progress, order.version()));
        }
    }

    private record Shown(ShownProgress progress, SystemVersion version) implements NodeUpgrades.Listener {
        @Override
        public void begin(NodeId node) {
            progress.begin(node);
        }

        @Override
        public void end(NodeId node, Result result) {
            progress.end(
                    node,
                    switch (result) {
                        case Result.Done() -> new Outcome.Changed("node '%s' runs %s".formatted(node, version));
                        case Result.Already() -> new Outcome.Unchanged();
                        case Result.Failed(Cause why) -> new Outcome.Failed(why);
                        case Result.Away() ->
                            new Outcome.Changed("node '%s' is away, and was left as it is".formatted(node));
                        case Result.Left() -> new Outcome.Unchanged();
                    });
        }
    }

    private static Row row(Upgraded one, SystemVersion version) {
        Cell result = switch (one.result()) {
            case Result.Done() -> new Cell("runs " + version, Tone.GOOD);
            case Result.Already() -> new Cell("runs %s already".formatted(version), Tone.NORMAL);
            case Result.Failed _ -> new Cell("failed", Tone.BAD);
            case Result.Away() -> new Cell("away, left as it is", Tone.CHANGED);
            case Result.Left() -> new Cell("left as it is", Tone.CHANGED);
        };
        return Row.of(Cell.of(one.node().value()), result);
    }

    private static Stream<Cause> failure(Upgraded one) {
        return one.result() instanceof Result.Failed(Cause why) ? Stream.of(why) : Stream.of();
    }

    private static Object json(Upgraded one) {
        Map<String, Object> object = Json.object("node", one.node().value());
        object.put(
                "result",
                switch (one.result()) {
                    case Result.Done() -> "done";
                    case Result.Already() -> "already";
                    case Result.Failed _ -> "failed";
                    case Result.Away() -> "away";
                    case Result.Left() -> "left";
                });
        failure(one).forEach(why -> object.put("cause", Json.of(why)));
        return object;
    }

    /** Reads where a release lies. */
    static final class ReadPlace implements ITypeConverter<ReleasePlace> {
        @Override
        public ReleasePlace convert(String text) {
            try {
                return ReleasePlace.parse(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads a version. */
    static final class ReadVersion implements ITypeConverter<SystemVersion> {
        @Override
        public SystemVersion convert(String text) {
            try {
                return SystemVersion.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads how many. */
    static final class ReadCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.matches("[1-9][0-9]{0,2}|1000")) {
                return Integer.valueOf(text);
            }
            throw new TypeConversionException("'%s' is not a number of nodes from 1 to 1000".formatted(text));
        }
    }
}
