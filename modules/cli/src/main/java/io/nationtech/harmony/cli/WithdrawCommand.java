package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.FleetInterpret;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "withdraw",
        description = "Take a deployment off all its nodes, one after the other.",
        footer = {"", "Example:", "  harmony withdraw website"})
final class WithdrawCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Mixin
    private PatienceOption patience = new PatienceOption();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    WithdrawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Instant began = terminal.clock().instant();
        try (MeshSession session = mesh.open();
                Interruption _ = Interruption.explained(terminal)) {
            DeployResult result = withdraw(deployment.name(), session);
            Duration took = Duration.between(began, terminal.clock().instant());
            return Ending.of(new DeployReport(deployment.name(), "withdrawn", result, took), output)
                    .tell(terminal);
        }
    }

    private DeployResult withdraw(DeploymentName name, MeshSession session) {
        FleetInterpret interpret = new FleetInterpret(session.fleet(), patience.duration());
        try (ShownProgress progress = ShownProgress.on(terminal)) {
            return new Deployer(session.fleet(), interpret, progress).withdraw(name);
        }
    }
}
