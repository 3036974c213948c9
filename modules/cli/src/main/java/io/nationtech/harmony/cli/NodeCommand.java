package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about nodes; says so itself when nothing else is asked. */
@Command(
        name = "node",
        description = "Show nodes, and take them out of service.",
        synopsisSubcommandLabel = "(list | show | diff | cordon | drain | uncordon)")
final class NodeCommand {}
