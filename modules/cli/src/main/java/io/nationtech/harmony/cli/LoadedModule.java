package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.Deployment;
import io.nationtech.harmony.rules.Report;
import java.nio.file.Path;

/**
 * A deployment with what the rules of the graph say of it.
 *
 * @param own where the module is
 */
record LoadedModule(Deployment<?> deployment, Report report, Path own) {

    /**
     * The deployment, for those who act on it; tells what is allowed against a rule.
     *
     * @throws CommandFailedException when a rule does not hold, which is told line by line before
     */
    Deployment<?> sound(Terminal terminal) {
        report.allowed().forEach(allowed -> terminal.say(allowed.toString()));
        if (report.violations().isEmpty()) {
            return deployment;
        }
        report.violations().forEach(violation -> terminal.say(violation.toString()));
        throw new CommandFailedException(
                ExitCode.NO_MODULE,
                new Cause(
                        "deployment '%s' breaks %d of the rules of the graph"
                                .formatted(
                                        deployment.name(), report.violations().size()),
                        own.toString(),
                        "correct the lines above; docs/rules/<rule>.md says why, and how"));
    }
}
