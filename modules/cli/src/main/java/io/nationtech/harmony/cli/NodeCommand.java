package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about nodes; says so itself when nothing else is asked. */
@Command(name = "node", description = "Show nodes.", synopsisSubcommandLabel = "(list | show | diff)")
final class NodeCommand {}
