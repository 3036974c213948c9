package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.RolloutOrders;
import io.nationtech.harmony.fleet.RolloutRefusedException;
import io.nationtech.harmony.rollout.RolloutRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "pause",
        description = "Let a rollout begin nothing more; nodes that are being changed end that.",
        footer = {
            "",
            "Nobody deploys or operates it further until it is resumed, or a deploy with --begin-anew takes its place.",
            "",
            "Example:",
            "  harmony rollout pause website"
        })
final class RolloutPauseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    RolloutPauseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (MeshSession session = mesh.open()) {
            RolloutOrders orders =
                    new RolloutOrders(session.fleet().rollouts(), PersonAtKeyboard.author(), terminal.clock());
            RolloutRecord now = switch (orders.pause(deployment.name())) {
                case RolloutOrders.Result.Changed(RolloutRecord changed) -> changed;
                case RolloutOrders.Result.Unchanged(RolloutRecord same) -> same;
                case RolloutOrders.Result.Refused(var why) -> throw new CommandFailedException(ExitCode.FAILED, why);
            };
            RolloutReport report =
                    new RolloutReport(now, session.fleet().rollouts().planned(deployment.name()));
            terminal.result(output.answer(() -> report.line() + "\n", report::json));
            return ExitCode.DONE.code();
        } catch (RolloutRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why());
        }
    }
}
