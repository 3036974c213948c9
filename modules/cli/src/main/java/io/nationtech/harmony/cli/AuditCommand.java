package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.system.ReleasePlace;
import io.nationtech.harmony.domain.system.SystemVersion;
import io.nationtech.harmony.domain.system.UpgradeOrder;
import io.nationtech.harmony.domain.value.ContainerName;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.fleet.AuditRecord;
import io.nationtech.harmony.fleet.AuditRecord.Deed;
import io.nationtech.harmony.fleet.AuditRecord.Stage;
import io.nationtech.harmony.fleet.AuditTrail;
import io.nationtech.harmony.fleet.Signer;
import io.nationtech.harmony.form.RecordForm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "Show what nodes were asked to do: programs run, containers restarted, logs read.",
        footer = {
            "",
            "Of each node the last 500 requests are kept, for 180 days, and nobody changes or deletes any. What its node",
            "did not sign is not proven: whoever reaches a server may have written it.",
            "",
            "Example:",
            "  harmony audit --node node-1 --since 7d"
        })
final class AuditCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("WHEN", "NODE", "WHO", "DEPLOYMENT", "WHAT", "END");
    private static final int SHOWN_OF_KEY = 8;

    private final Terminal terminal;

    @Option(
            names = "--node",
            paramLabel = "<id>",
            converter = NodeArgument.ReadId.class,
            description = "only of this node")
    private Optional<NodeId> node = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "<duration>",
            converter = Since.Read.class,
            description = "only of the last 90s, 20m, 2h or 7d")
    private Optional<Since> since = Optional.empty();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Of one request at one node. */
    private record At(NodeId node, String request) {}

    /**
     * A request.
     *
     * @param end when and how it ended, where that is kept
     * @param doubt why it may not be its node's word
     */
    private record Asked(NodeId node, Instant at, AuditRecord record, Optional<End> end, Optional<Cause> doubt) {
        Asked with(End later, Optional<Cause> alsoDoubted) {
            return new Asked(node, at, record, Optional.of(later), doubt.or(() -> alsoDoubted));
        }

        Row row() {
            return Row.of(
                    Cell.of(at.truncatedTo(ChronoUnit.SECONDS).toString()),
                    Cell.of(node.value()),
                    doubt.map(_ -> new Cell("not proven: " + who(record.by()), Tone.BAD))
                            .orElseGet(() -> Cell.of(who(record.by()))),
                    Cell.of(record.deployment().map(DeploymentName::value).orElse("")),
                    Cell.of(LogsCommand.printable(what(record.deed()))),
                    end.map(End::cell).orElseGet(() -> new Cell("not over, or not told", Tone.CHANGED)));
        }

        Object json() {
            Map<String, Object> object = RecordForm.of(AuditRecord.class).write(record);
            object.remove("stage");
            object.put("node", node.value());
            object.put("begunAt", at.toString());
            end.ifPresent(one -> {
                object.put("endedAt", one.at().toString());
                object.put("end", RecordForm.of(Stage.class).write(one.stage()));
            });
            doubt.ifPresent(why -> object.put("doubt", Json.of(why)));
            return object;
        }
    }

    private record End(Instant at, Stage stage) {
        Cell cell() {
            return switch (stage) {
                case Stage.Begun() -> Cell.of("");
                case Stage.Exited(int code) -> new Cell("exit code " + code, code == 0 ? Tone.NORMAL : Tone.BAD);
                case Stage.Done() -> Cell.of("done");
                case Stage.Failed(String why) -> new Cell("failed: " + LogsCommand.printable(why), Tone.BAD);
            };
        }
    }

    private static String who(Optional<Signer> by) {
        return by.map(one -> "%s (%s…)"
                        .formatted(
                                LogsCommand.printable(one.name()),
                                one.key()
                                        .substring(
                                                0,
                                                Math.min(SHOWN_OF_KEY, one.key().length()))))
                .orElse("anybody");
    }

    private static String what(Deed deed) {
        return switch (deed) {
            case Deed.Exec(var container, List<String> command, int leftOut) ->
                "exec%s -- %s%s"
                        .formatted(
                                container.map(name -> " " + name).orElse(""),
                                command.stream().map(AuditCommand::quoted).collect(Collectors.joining(" ")),
                                leftOut == 0 ? "" : " … and %d characters more".formatted(leftOut));
            case Deed.Restart(List<ContainerName> containers) ->
                "restart" + containers.stream().map(name -> " " + name).collect(Collectors.joining());
            case Deed.Upgrade(UpgradeOrder(SystemVersion version, ReleasePlace release)) ->
                "upgrade --release %s --to %s".formatted(release, version);
            case Deed.Reset() -> "reset";
            case Deed.Logs(int lines) -> "logs -n " + lines;
        };
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public Integer call() {
        Optional<Instant> from = from();
        try (MeshSession session = mesh.open()) {
            List<AuditTrail.Kept> kept = session.fleet().audit().read(node).stream()
                    .filter(one -> from.isEmpty() || !one.at().isBefore(from.get()))
                    .toList();
            List<Asked> asked = asked(kept);
            terminal.result(output.answer(
                    () -> asked.isEmpty()
                            ? "Nothing is kept that nodes were asked.\n"
                            : Table.of(HEAD, asked.stream().map(Asked::row)).render(terminal.outInk()),
                    () -> Json.object(
                            "requests", asked.stream().map(Asked::json).toList())));
            return ExitCode.DONE.code();
        }
    }

    private Optional<Instant> from() {
        return since.map(one -> switch (one) {
            case Since.Ago(Duration ago) -> terminal.clock().instant().minus(ago);
            case Since.Numbered _, Since.Before _ ->
                throw new ParameterException(spec.commandLine(), "write since when as 90s, 20m, 2h or 7d");
        });
    }

    private List<Asked> asked(List<AuditTrail.Kept> kept) {
        Map<At, Asked> all = new LinkedHashMap<>();
        List<AuditTrail.Kept> unreadable = new ArrayList<>();
        for (AuditTrail.Kept one : kept) {
            switch (one.content()) {
                case AuditTrail.Content.Genuine(AuditRecord record) -> put(all, one, record, Optional.empty());
                case AuditTrail.Content.Doubtful(AuditRecord record, Cause why) ->
                    put(all, one, record, Optional.of(why));
                case AuditTrail.Content.Unreadable _ -> unreadable.add(one);
            }
        }
        if (!unreadable.isEmpty()) {
            terminal.say("! %d records cannot be read, of: %s"
                    .formatted(
                            unreadable.size(),
                            unreadable.stream()
                                    .map(one -> one.node().value())
                                    .distinct()
                                    .collect(Collectors.joining(", "))));
        }
        return List.copyOf(all.values());
    }

    /** What is doubtful is told beside what is not, never with it. */
    private static void put(Map<At, Asked> all, AuditTrail.Kept kept, AuditRecord record, Optional<Cause> doubt) {
        At at = new At(kept.node(), record.request() + (doubt.isPresent() ? "?" : ""));
        Asked asked = all.computeIfAbsent(at, _ -> new Asked(kept.node(), kept.at(), record, Optional.empty(), doubt));
        if (!(record.stage() instanceof Stage.Begun)) {
            all.put(at, asked.with(new End(kept.at(), record.stage()), doubt));
        }
    }
}
