package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about nodes; says so itself when nothing else is asked. */
@Command(
        name = "node",
        description = "Show and ask nodes, upgrade them, take them out of service, and forget them.",
        synopsisSubcommandLabel =
                "(list | show | ping | diff | cordon | drain | uncordon | upgrade | recovery-key | reset | forget)")
final class NodeCommand {}
