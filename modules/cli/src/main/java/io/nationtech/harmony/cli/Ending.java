package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.DeployResult;

/** The last words of a deploy or a withdrawal. */
record Ending(DeployReport report, OutputOption output) {

    static Ending of(DeployReport report, OutputOption output) {
        return new Ending(report, output);
    }

    int tell(Terminal terminal) {
        String result = output.answer(() -> report.text(terminal.outInk()), report::json);
        if (!result.isEmpty()) {
            terminal.result(result);
        }
        if (report.result() instanceof DeployResult.Failed(var causes)) {
            causes.forEach(terminal::complain);
        }
        return report.exitCode().code();
    }
}
