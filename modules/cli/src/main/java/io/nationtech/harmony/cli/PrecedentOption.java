package io.nationtech.harmony.cli;

import io.nationtech.harmony.engine.ApplyTerms.Precedent;
import picocli.CommandLine.Option;

/** Whether what was before stands in the way. */
final class PrecedentOption {
    @Option(
            names = "--begin-anew",
            description = "begin a rollout in place of one that is paused, or although the same was rolled back before")
    private boolean anew;

    Precedent precedent() {
        return anew ? Precedent.OVERRULED : Precedent.HEEDED;
    }
}
