package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about copies of data; says so itself when nothing else is asked. */
@Command(
        name = "backup",
        description = "Show, make, check and restore copies of a deployment's data.",
        synopsisSubcommandLabel = "(list | run | verify | restore)")
final class BackupCommand {}
