package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Versioned;
import io.nationtech.harmony.domain.value.DeploymentName;
import io.nationtech.harmony.engine.RolloutOrders;
import io.nationtech.harmony.fleet.RolloutRefusedException;
import io.nationtech.harmony.fleet.Rollouts;
import io.nationtech.harmony.mesh.Subscription;
import io.nationtech.harmony.rollout.RolloutRecord;
import io.nationtech.harmony.rollout.Verdict;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Show how far the rollout of a deployment is, node by node, and who runs it.",
        footer = {
            "",
            "It is the last rollout that began, also once it ended.",
            "",
            "Examples:",
            "  harmony rollout status website",
            "  harmony rollout status website --follow",
            "  harmony rollout status website --output json"
        })
final class RolloutStatusCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DeploymentArgument.Required deployment = new DeploymentArgument.Required();

    @Option(names = "--follow", description = "wait until it ended or is paused; end with 1 unless it is done by then")
    private boolean follow;

    @Mixin
    private MeshOption mesh = new MeshOption();

    @Mixin
    private OutputOption output = new OutputOption();

    RolloutStatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (MeshSession session = mesh.open()) {
            Rollouts rollouts = session.fleet().rollouts();
            RolloutRecord rollout = follow ? followed(rollouts) : found(rollouts);
            RolloutReport report = new RolloutReport(rollout, rollouts.planned(deployment.name()));
            terminal.result(output.answer(() -> report.text(terminal.outInk()), report::json));
            boolean isInVain = follow && !(rollout.progress().verdict() instanceof Verdict.Done);
            return (isInVain ? ExitCode.FAILED : ExitCode.DONE).code();
        } catch (RolloutRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.why());
        }
    }

    private RolloutRecord found(Rollouts rollouts) {
        DeploymentName name = deployment.name();
        return rollouts.of(name)
                .map(Versioned::value)
                .orElseThrow(() -> new CommandFailedException(ExitCode.FAILED, RolloutOrders.none(name)));
    }

    private RolloutRecord followed(Rollouts rollouts) throws InterruptedException {
        Semaphore news = new Semaphore(0);
        try (Subscription _ = rollouts.watch(deployment.name(), _ -> news.release())) {
            String said = "";
            while (true) {
                news.drainPermits();
                RolloutRecord now = found(rollouts);
                if (now.progress().verdict().isFinal() || now.progress().verdict() instanceof Verdict.Paused) {
                    return now;
                }
                String line = new RolloutReport(now, rollouts.planned(deployment.name())).line();
                if (!line.equals(said)) {
                    terminal.say(line);
                    said = line;
                }
                news.acquire();
            }
        }
    }
}
