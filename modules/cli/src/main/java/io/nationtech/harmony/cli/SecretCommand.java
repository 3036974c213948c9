package io.nationtech.harmony.cli;

import picocli.CommandLine.Command;

/** Groups what is about secrets; says so itself when nothing else is asked. */
@Command(
        name = "secret",
        description = "Keep the secrets that deployments read.",
        synopsisSubcommandLabel = "(set | get | list | rotate | key)")
final class SecretCommand {

    /** Groups what is about keys. */
    @Command(
            name = "key",
            description = "The private key that opens the store of an environment.",
            synopsisSubcommandLabel = "(new | show)")
    static final class Key {}
}
