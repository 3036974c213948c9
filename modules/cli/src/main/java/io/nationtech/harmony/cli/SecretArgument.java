package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The secret that a command is about, by name. */
final class SecretArgument {
    @Parameters(paramLabel = "<secret>", description = "its name, 1 to 63 of a-z, 0-9 and '-', as in db-password")
    private String name = "";

    /** Taken, so that it is not repeated in a complaint about it. */
    @Parameters(index = "1..*", hidden = true)
    private List<String> value = List.of();

    SecretRef ref() {
        if (!value.isEmpty()) {
            throw refused(
                    "a secret's value does not belong on the command line, where `ps` and the shell's history show it",
                    "regard that value as known to others; give a new one through the standard input: "
                            + "harmony secret set <secret> < file");
        }
        try {
            return SecretRef.parse(name);
        } catch (InvalidValueException e) {
            // It is not repeated: it may be the value.
            throw refused(
                    "this is not a secret's name",
                    "use 1 to 63 of a-z, 0-9 and '-', as in: harmony secret set db-password");
        }
    }

    private static CommandFailedException refused(String what, String next) {
        return new CommandFailedException(ExitCode.USAGE, new Cause(what, "harmony secret", next));
    }
}
