package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about rollouts; says so itself when nothing else is asked. */
@Command(
        name = "rollout",
        description = "Show how far a change of a deployment is, and have it pause or go on.",
        synopsisSubcommandLabel = "(status | pause | resume)")
final class RolloutCommand {}
