package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.domain.Plan;
import io.nationtech.harmony.domain.Planning;
import io.nationtech.harmony.engine.FleetInterpret;
import java.time.Duration;
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
            "  harmony plan website-deploy --exit-code || echo 'not as declared'"
        })
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Option(names = "--exit-code", description = "end with 5 when there is something to change")
    private boolean exitCode;

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Plan plan = plan(module.load(terminal));
        PlanReport report = new PlanReport(plan);
        terminal.result(output.choose(() -> report.text(terminal.outInk()), report::json));
        return (exitCode && !plan.isEmpty() ? ExitCode.DIFFERENT : ExitCode.DONE).code();
    }

    private Plan plan(Deployment<?> deployment) {
        try (MeshSession session = mesh.open()) {
            // Planning waits for nobody.
            FleetInterpret interpret = new FleetInterpret(session.fleet(), Duration.ZERO);
            return switch (interpret.plan(deployment, session.fleet().inventory())) {
                case Planning.Planned(Plan plan) -> plan;
                case Planning.Impossible(var cause) -> throw new CommandFailedException(ExitCode.FAILED, cause);
            };
        }
    }
}
