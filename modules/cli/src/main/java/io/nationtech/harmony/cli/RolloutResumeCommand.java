package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.ApplyTerms;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Deployer;
import io.nationtech.harmony.engine.RolloutOrders;
import io.nationtech.harmony.fleet.Fleet;
import io.nationtech.harmony.fleet.RolloutRefusedException;
import io.nationtech.harmony.fleet.Rollouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        description = "Let a paused rollout go on, and carry on one that nobody runs; ends when the rollout does.",
        footer = {
            "",
            "Its module is not needed: all that nodes are to be told is kept in the mesh. While somebody else runs it, it is",
            "followed, and carried on when they are gone. Smoke tests are run by `harmony deploy`, which changes nothing then.",
            "",
            "Example:",
            "  harmony rollout resume website && harmony deploy modules/website-deploy"
        })
final class RolloutResumeCommand implements Callable<Integer> {
    /** How long nodes may take stands in the rollout's own terms: this bounds telling them. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    RolloutResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DeploymentName name = deployment.name();
        Instant began = terminal.clock().instant();
        try (MeshSession session = mesh.open();
                Interruption _ = Interruption.explained(terminal);
                ShownProgress progress = ShownProgress.on(terminal)) {
            resume(session.fleet());
            DeployResult result = carriedOn(
                    session.fleet().rollouts(),
                    new Deployer(
                            session.fleet(),
                            session.journals(terminal),
                            PersonAtKeyboard.author(),
                            ApplyTerms.careful(TIMEOUT, progress)));
            Duration took = Duration.between(began, terminal.clock().instant());
            return Ending.of(new DeployReport(name, "rolled out", result, took), output)
                    .tell(terminal);
        } catch (RolloutRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why());
        }
    }

    private void resume(Fleet fleet) {
        RolloutOrders orders = new RolloutOrders(fleet.rollouts(), PersonAtKeyboard.author(), terminal.clock());
        if (orders.resume(deployment.name()) instanceof RolloutOrders.Result.Refused(var why)) {
            throw new CommandFailedException(ExitCode.FAILED, why);
        }
    }

    /** Each try takes some seconds while somebody else runs it: so long their lease is watched. */
    private DeployResult carriedOn(Rollouts rollouts, Deployer deployer) {
        DeploymentName name = deployment.name();
        while (true) {
            Optional<DeployResult> result = deployer.carryOn(name);
            if (result.isPresent()) {
                return result.get();
            }
            RolloutReport now = rollouts.of(name)
                    .map(rollout -> new RolloutReport(rollout.value(), rollouts.planned(name)))
                    .orElseThrow(() -> new CommandFailedException(ExitCode.FAILED, RolloutOrders.none(name)));
            if (now.result().isPresent()) {
                return now.result().get();
            }
            terminal.say(now.line());
        }
    }
}
