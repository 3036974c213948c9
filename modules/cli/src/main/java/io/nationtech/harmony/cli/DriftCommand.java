package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Inventory;
import io.nationtech.harmony.engine.Drift;
import io.nationtech.harmony.operator.LoadedModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "drift",
        description = "Show what differs between what a module declares, what nodes are told, and what they have.",
        footer = {
            "",
            "Ends with 5 when something differs. Changes nothing: `harmony deploy` repairs, `harmony operate` does so on and on.",
            "",
            "Example:",
            "  harmony drift modules/website-deploy || harmony deploy modules/website-deploy"
        })
final class DriftCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    DriftCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DriftReport report = new DriftReport(drift(module.load(settings, terminal)));
        terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
        return (report.drift().isNone() ? ExitCode.DONE : ExitCode.DIFFERENT).code();
    }

    private Drift drift(LoadedModule loaded) {
        try (MeshSession session = mesh.open(loaded)) {
            Inventory inventory = session.fleet().inventory();
            return Drift.of(
                    Reading.of(session, terminal).plan(loaded.deployment(), settings.secrets(), inventory),
                    inventory,
                    session.fleet().nodeReports().states());
        }
    }
}
