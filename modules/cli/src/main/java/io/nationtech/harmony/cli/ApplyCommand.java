package io.nationtech.harmony.cli;

import io.nationtech.harmony.operator.LoadedModule;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "apply",
        description = "Do what a saved plan says, and only that: refuses when the world or the module moved since.",
        footer = {"", "Examples:", "  harmony plan website-deploy --save plan.json", "  harmony apply plan.json"})
final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "<file>", description = "what `harmony plan --save` wrote")
    private Path file = Path.of("");

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private PrecedentOption precedent = new PrecedentOption();

    @Mixin
    private Applying applying = new Applying();

    ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PlanFile saved = PlanFile.read(file);
        LoadedModule loaded =
                ModuleArgument.load(ModuleArgument.find(saved.module().toString()), settings, terminal);
        return applying.deploy(
                terminal,
                loaded,
                settings.secrets(),
                precedent,
                deployer -> deployer.deploy(loaded.deployment(), saved.plan()));
    }
}
