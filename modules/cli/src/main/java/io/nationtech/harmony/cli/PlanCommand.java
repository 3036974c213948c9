package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.FleetPlan;
import io.nationtech.harmony.engine.SavedPlan;
import io.nationtech.harmony.operator.LoadedModule;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = "Show what a deploy would change; changes nothing.",
        footer = {
            "",
            "  + appears on the node    ~ goes on with other properties    - disappears",
            "",
            "Examples:",
            "  harmony plan modules/website-deploy",
            "  harmony plan website-deploy --save plan.json && harmony apply plan.json",
            "  harmony plan website-deploy --exit-code || echo 'not as declared'"
        })
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Option(names = "--exit-code", description = "end with 5 when there is something to change")
    private boolean exitCode;

    @Option(names = "--save", paramLabel = "<file>", description = "keep the plan, for `harmony apply`")
    private Optional<Path> save = Optional.empty();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ModuleSource source = module.source();
        FleetPlan plan = plan(ModuleArgument.load(source, settings, terminal));
        PlanReport report = PlanReport.of(plan);
        terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
        save.ifPresent(file -> {
            new PlanFile(source.path().toAbsolutePath().normalize(), SavedPlan.of(plan)).write(file, report);
            terminal.say("Saved: `harmony apply %s` does just this.".formatted(file));
        });
        return (exitCode && !plan.isEmpty() ? ExitCode.DIFFERENT : ExitCode.DONE).code();
    }

    private FleetPlan plan(LoadedModule loaded) {
        try (MeshSession session = mesh.open(loaded)) {
            return Reading.of(session, terminal).plan(loaded.deployment(), settings.secrets());
        }
    }
}
