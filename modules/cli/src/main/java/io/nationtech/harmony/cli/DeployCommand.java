package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.FleetInterpret;
import java.time.Duration;
import java.time.Instant;
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
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    DeployCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Deployment<?> deployment = module.load(terminal);
        Instant began = terminal.clock().instant();
        try (MeshSession session = mesh.open();
                Interruption _ = Interruption.explained(terminal)) {
            DeployResult result = deploy(deployment, session);
            Duration took = Duration.between(began, terminal.clock().instant());
            return Ending.of(new DeployReport(deployment.name(), "deployed", result, took), output)
                    .tell(terminal);
        }
    }

    private DeployResult deploy(Deployment<?> deployment, MeshSession session) {
        FleetInterpret interpret = new FleetInterpret(session.fleet(), patience.duration());
        try (ShownProgress progress = ShownProgress.on(terminal)) {
            return new Deployer(session.fleet(), interpret, progress).deploy(deployment);
        }
    }
}
