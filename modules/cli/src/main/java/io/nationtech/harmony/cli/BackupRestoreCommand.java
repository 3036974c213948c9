package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.backup.BackupAnswer;
import io.nationtech.harmony.domain.backup.BackupOrder;
import io.nationtech.harmony.domain.backup.SavedState;
import io.nationtech.harmony.domain.backup.Snapshot;
import io.nationtech.harmony.domain.backup.SnapshotId;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.NodeId;
import io.nationtech.harmony.domain.value.ResourceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "restore",
        description = "Put a copy in the place of a deployment's data.",
        footer = {
            "",
            "The services that use the data are stopped meanwhile, and started again. What is there before is lost, so each data",
            "is agreed to by name. A node goes on also when this command is ended.",
            "",
            "Examples:",
            "  harmony backup restore shop volume/orders --accept-loss volume/orders",
            "  harmony backup restore shop --at 2026-11-28T12:00 --accept-loss volume/orders"
        })
final class BackupRestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataArgument data = new DataArgument();

    @Option(
            names = "--snapshot",
            paramLabel = "<id>",
            converter = ReadSnapshot.class,
            description = "this copy, as list shows it; the newest otherwise")
    private Optional<SnapshotId> snapshot = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "<time>",
            converter = ReadTime.class,
            description = "the newest copy up to then, as 2026-11-28T12:00, by this machine's clocks")
    private Optional<Instant> latest = Optional.empty();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    BackupRestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            BackupNodes nodes = BackupNodes.of(terminal, session.fleet(), data.deployment());
            Set<ResourceId> wanted = wanted(nodes.ask(new BackupOrder.Overview()));
            requireConsent(wanted);
            return nodes.tell(nodes.work(new BackupOrder.Restore(wanted, snapshot, latest)), output);
        }
    }

    /** All of a deployment's data, or what is named of it. */
    private Set<ResourceId> wanted(Map<NodeId, BackupAnswer> overviews) {
        Set<ResourceId> known = new TreeSet<>();
        Map<ResourceId, List<Snapshot>> copies = new TreeMap<>();
        overviews.values().forEach(answer -> {
            switch (answer) {
                case BackupAnswer.Listed(List<SavedState> states, List<Snapshot> snapshots) -> {
                    states.forEach(state -> known.add(state.data()));
                    copies.putAll(snapshots.stream().collect(Collectors.groupingBy(Snapshot::data)));
                }
                case BackupAnswer.Refused(Cause cause) -> throw new CommandFailedException(ExitCode.FAILED, cause);
                case BackupAnswer.Begun _, BackupAnswer.Working _, BackupAnswer.Done _ -> {}
            }
        });
        Set<ResourceId> meant = new TreeSet<>(data.named().isEmpty() ? known : data.named());
        snapshot.ifPresent(id -> meant.removeIf(one -> !copies.getOrDefault(one, List.of()).stream()
                .anyMatch(copy -> copy.id().isMeantBy(id))));
        meant.retainAll(known);
        if (meant.isEmpty() || (!data.named().isEmpty() && !meant.equals(data.named()))) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "deployment '%s' has no such copy%s%s"
                                    .formatted(
                                            data.deployment(),
                                            data.named().isEmpty() ? "" : " of " + paths(data.named()),
                                            snapshot.map(id -> " in snapshot " + id)
                                                    .orElse("")),
                            "backups of " + paths(known),
                            "`harmony backup list %s` shows those that there are".formatted(data.deployment())));
        }
        return meant;
    }

    private void requireConsent(Set<ResourceId> wanted) {
        Set<ResourceId> open = wanted.stream()
                .filter(one -> !consent.consent().covers(one))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!open.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    new Cause(
                            "what %s holds now would be lost, and its services stop meanwhile".formatted(paths(open)),
                            "deployment " + data.deployment(),
                            "agree by name: "
                                    + open.stream()
                                            .map(one -> "--accept-loss " + one.path())
                                            .collect(Collectors.joining(" "))));
        }
    }

    private static String paths(Set<ResourceId> all) {
        return all.stream().map(ResourceId::path).sorted().collect(Collectors.joining(", "));
    }

    /** Reads one. */
    static final class ReadSnapshot implements ITypeConverter<SnapshotId> {
        @Override
        public SnapshotId convert(String text) {
            try {
                return SnapshotId.of(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads one, with its offset or by this machine's clocks. */
    static final class ReadTime implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:[0-9]{2}")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                                .atZone(ZoneId.systemDefault())
                                .toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'%s' is not a time; write 2026-11-28T12:00 or 2026-11-28T12:00:00Z".formatted(text));
            }
        }
    }
}
