package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.operator.LoadedModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = "Check a deployment as a build does: types, constants, and the rules of its whole graph.",
        footer = {
            "",
            "Asks nothing of the mesh. What is allowed against a rule is shown with its reason.",
            "",
            "Examples:",
            "  harmony check modules/website-deploy",
            "  harmony check website-deploy.jar"
        })
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoadedModule loaded = module.checked(settings, terminal);
        Deployment<?> sound = ModuleArgument.sound(loaded, terminal).deployment();
        terminal.result("Deployment %s on topology %s: %d rules hold, %d allowed not to.%n"
                .formatted(
                        sound.name(),
                        sound.topology().name(),
                        loaded.report().rules(),
                        loaded.report().allowed().size()));
        return ExitCode.DONE.code();
    }
}
