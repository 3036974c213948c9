package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.SavedState;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.hardware.Amount;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Show the copies of a deployment's data, the newest first, whichever node made them.",
        footer = {"", "Example:", "  harmony backup list shop"})
final class BackupListCommand implements Callable<Integer> {
    private static final List<String> HEAD = List.of("DATA", "SNAPSHOT", "MADE", "AGE", "SIZE", "NODE");

    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    BackupListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<SavedState> data = new ArrayList<>();
        List<Cause> failures = new ArrayList<>();
        Set<Snapshot> found = new TreeSet<>(Comparator.comparing(Snapshot::at)
                .reversed()
                .thenComparing(snapshot -> snapshot.id().value()));
        try (MeshSession session = mesh.open()) {
            BackupNodes.of(terminal, session.fleet(), deployment.name())
                    .ask(new BackupOrder.Overview())
                    .values()
                    .forEach(answer -> {
                        switch (answer) {
                            case BackupAnswer.Listed(List<SavedState> states, List<Snapshot> snapshots) -> {
                                data.addAll(states);
                                found.addAll(snapshots);
                            }
                            case BackupAnswer.Refused(Cause cause) -> failures.add(cause);
                            case BackupAnswer.Begun _, BackupAnswer.Working _, BackupAnswer.Done _ -> {}
                        }
                    });
        }
        List<Snapshot> snapshots = List.copyOf(found);
        terminal.result(output.answer(() -> text(data, snapshots), () -> json(data, snapshots)));
        failures.forEach(terminal::complain);
        return (failures.isEmpty() ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private String text(List<SavedState> data, List<Snapshot> snapshots) {
        Instant now = terminal.clock().instant();
        Set<ResourceId> saved = snapshots.stream().map(Snapshot::data).collect(Collectors.toSet());
        String missing = data.stream()
                .map(SavedState::data)
                .filter(one -> !saved.contains(one))
                .distinct()
                .sorted()
                .map(one -> "There is no copy of %s yet; `harmony backup run %s` makes one.%n"
                        .formatted(one.path(), deployment.name()))
                .collect(Collectors.joining());
        Stream<Row> rows = snapshots.stream()
                .map(snapshot -> Row.of(
                        Cell.of(snapshot.data().path()),
                        Cell.of(snapshot.id().brief()),
                        Cell.of(snapshot.at().truncatedTo(ChronoUnit.SECONDS).toString()),
                        Cell.of(Elapsed.of(Duration.between(snapshot.at(), now))),
                        Cell.of(Amount.iec(snapshot.bytes())),
                        Cell.of(snapshot.node().value())));
        return (snapshots.isEmpty() ? "" : Table.of(HEAD, rows).render(terminal.outInk())) + missing;
    }

    private static Object json(List<SavedState> data, List<Snapshot> snapshots) {
        return Json.object(
                "data",
                data.stream()
                        .map(one -> {
                            var object = Json.object("data", one.data().path());
                            one.good().ifPresent(at -> object.put("lastGood", at.toString()));
                            return object;
                        })
                        .toList(),
                "snapshots",
                snapshots.stream()
                        .map(snapshot -> Json.object(
                                "id", snapshot.id().value(),
                                "data", snapshot.data().path(),
                                "at", snapshot.at().toString(),
                                "bytes", snapshot.bytes(),
                                "node", snapshot.node().value()))
                        .toList());
    }
}
