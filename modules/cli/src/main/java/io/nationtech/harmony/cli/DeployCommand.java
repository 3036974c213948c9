package io.nationtech.harmony.cli;

import io.nationtech.harmony.operator.LoadedModule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "deploy",
        description = "Make a deployment true: compile, plan, tell the nodes, wait for them, run the smoke tests.",
        footer = {
            "",
            "It ends with 0 only once every smoke test passed. Deploying again changes nothing that is as declared.",
            "",
            "Examples:",
            "  harmony deploy modules/website-deploy",
            "  harmony deploy website-deploy --mesh nats://hub.example.org --output json"
        })
final class DeployCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModuleArgument module = new ModuleArgument();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private PrecedentOption precedent = new PrecedentOption();

    @Mixin
    private Applying applying = new Applying();

    DeployCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoadedModule loaded = module.load(settings, terminal);
        return applying.deploy(
                terminal, loaded, settings.secrets(), precedent, deployer -> deployer.deploy(loaded.deployment()));
    }
}
