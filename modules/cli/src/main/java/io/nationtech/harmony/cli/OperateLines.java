package io.nationtech.harmony.cli;

import io.nationtech.harmony.cli.Ink.Tone;
import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.engine.DeployResult;
import io.nationtech.harmony.engine.Drift;
import io.nationtech.harmony.engine.OperateProgress;
import java.time.temporal.ChronoUnit;

/** What an operation tells on a terminal or in a log: only what is news. Told by one thread. */
final class OperateLines implements OperateProgress {
    private final Terminal terminal;
    private String last = "";

    OperateLines(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void inSync() {
        tell("as declared, and every node has it\n");
    }

    @Override
    public void drifted(Drift drift) {
        tell("drift\n" + new DriftReport(drift).text(terminal.outInk()));
    }

    @Override
    public void repaired(DeployResult result) {
        switch (result) {
            case DeployResult.Deployed(int changes, var pages, var tolerated) -> {
                tell("repaired: nodes changed: %d, pages that passed: %d%n".formatted(changes, pages.size()));
                tolerated.forEach(this::problem);
            }
            case DeployResult.Failed(var causes) -> causes.forEach(this::problem);
        }
    }

    @Override
    public void problem(Cause cause) {
        tell(terminal.outInk().paint(Tone.BAD, "✗ ") + cause + "\n");
    }

    private void tell(String news) {
        if (!news.equals(last)) {
            last = news;
            terminal.result("%s %s".formatted(terminal.clock().instant().truncatedTo(ChronoUnit.SECONDS), news));
        }
    }
}
