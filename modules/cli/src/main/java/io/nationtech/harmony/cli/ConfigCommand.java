package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about configuration; says so itself when nothing else is asked. */
@Command(
        name = "config",
        description = "Show what programs are configured with.",
        synopsisSubcommandLabel = "(explain)")
final class ConfigCommand {}
