package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.fleet.Fleet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Show how deployments are, node by node.",
        footer = {
            "",
            "A node that is silent for 20 s is lost; what it said before counts no more.",
            "",
            "Examples:",
            "  harmony status",
            "  harmony status website --output json",
            "  harmony status --exit-code && echo 'all as declared'"
        })
final class StatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.AtWill deployment = new DeploymentArgument.AtWill();

    @Option(names = "--exit-code", description = "end with 5 unless every node has what it is told to have")
    private boolean exitCode;

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StatusReport report = report(deployment.name());
        terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
        return (exitCode && !report.isAsDeclared() ? ExitCode.DIFFERENT : ExitCode.DONE).code();
    }

    private StatusReport report(Optional<DeploymentName> only) {
        try (MeshSession session = mesh.open()) {
            Fleet fleet = session.fleet();
            Inventory inventory = fleet.inventory();
            StatusReport all = StatusReport.of(
                    inventory,
                    only.map(fleet.nodeReports()::states).orElseGet(fleet.nodeReports()::states),
                    terminal.clock().instant());
            StatusReport shown = only.map(all::only).orElse(all);
            if (only.isPresent() && shown.deployments().isEmpty()) {
                throw DeploymentArgument.unknown(only.get());
            }
            return shown.beside(SameName.of(fleet.nodeReports().rivals(), inventory));
        }
    }
}
