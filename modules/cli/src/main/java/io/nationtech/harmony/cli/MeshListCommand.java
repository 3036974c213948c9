package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.cli.Table.Cell;
import io.nationtech.harmony.cli.Table.Row;
import io.nationtech.harmony.nats.identity.IssuedLogins.Issued;
import io.nationtech.harmony.secrets.Secrets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Say who was let into the mesh, and until when.",
        footer = {"", "Those that are over go from the list with the next login.", "", "Example:", "  harmony mesh list"
        })
final class MeshListCommand implements Callable<Integer> {
    /** Roles of those who tell nodes what to have. */
    static final Set<String> DEPLOYING = Set.of(MeshRoles.OPERATOR.name(), MeshRoles.DEPLOYER.name());

    private final Terminal terminal;

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    MeshListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Secrets store = secrets.open()) {
            Table table = Table.of(
                    List.of("NAME", "ROLE", "UNTIL", "STATE", "DEPLOYS", "KEY"),
                    new MeshKeys(store)
                            .logins().all().stream()
                                    .sorted(Comparator.comparing(
                                                    (Issued one) -> one.name().value())
                                            .thenComparing(Issued::at))
                                    .map(this::row));
            terminal.result(table.render(terminal.outInk()));
        }
        return ExitCode.DONE.code();
    }

    private Row row(Issued one) {
        return Row.of(
                Cell.of(one.name().value()),
                Cell.of(one.role()),
                Cell.of(day(one.until())),
                state(one),
                Cell.of(deploys(one)),
                new Cell(one.key().text(), Tone.FAINT));
    }

    private static String deploys(Issued one) {
        return DEPLOYING.contains(one.role()) ? one.grant().toString() : "-";
    }

    private Cell state(Issued one) {
        if (one.revoked().isPresent()) {
            return new Cell("revoked " + day(one.revoked().get()), Tone.BAD);
        }
        return terminal.clock().instant().isBefore(one.until()) ? Cell.of("valid") : new Cell("over", Tone.BAD);
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneId.systemDefault()).toString();
    }
}
