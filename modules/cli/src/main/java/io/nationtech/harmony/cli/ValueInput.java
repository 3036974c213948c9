package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.secrets.Secret;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Where a secret's value comes from: a pipe or file at the standard input, or a person who types it unseen. */
sealed interface ValueInput {

    /**
     * A value that nobody sees; whoever asked closes it.
     *
     * @param prompt what a person is asked for
     */
    Secret value(SecretRef secret, String prompt);

    /** The value of a secret, which is asked for by its name. */
    default Secret value(SecretRef secret) {
        return value(secret, secret.name());
    }

    /** This process' own. The launcher says whether it is a terminal: Java cannot tell when the output is none. */
    static ValueInput ofProcess() {
        return Boolean.getBoolean("harmony.terminal.in")
                ? new Typing(Optional.ofNullable(System.console()).filter(Console::isTerminal))
                : new Piped(new FileInputStream(FileDescriptor.in));
    }

    /** A person at a terminal. */
    record Typing(Optional<Console> console) implements ValueInput {
        @Override
        public Secret value(SecretRef secret, String prompt) {
            if (console.isEmpty()) {
                throw refused(
                        secret, "cannot be typed in unseen, as the output is not a terminal", "give it through a pipe");
            }
            char[] typed = console.get().readPassword("%s (not shown): ", prompt);
            if (typed == null || typed.length == 0) {
                throw refused(secret, "was not typed in", "type it, or give it through a pipe");
            }
            return Secret.takeFrom(typed);
        }
    }

    /** Bytes up to the end; one line end at their end is the shell's, not the value's. */
    record Piped(InputStream stream) implements ValueInput {
        @Override
        public Secret value(SecretRef secret, String prompt) {
            byte[] read = new byte[Secret.LARGEST + 2];
            try {
                int length = withoutLineEnd(read, stream.readNBytes(read, 0, read.length));
                if (length == 0) {
                    throw refused(
                            secret,
                            "is missing: the standard input is empty and no terminal",
                            "write it there, as in: harmony secret set %s < file".formatted(secret.name()));
                }
                if (length > Secret.LARGEST) {
                    throw refused(secret, "has more than 65,536 bytes", "keep so large a thing elsewhere");
                }
                return Secret.takeFrom(Arrays.copyOf(read, length));
            } catch (IOException e) {
                throw refused(secret, "cannot be read: " + e.getMessage(), "look at what feeds the standard input");
            } finally {
                Arrays.fill(read, (byte) 0);
            }
        }

        private static int withoutLineEnd(byte[] read, int length) {
            return length > 0 && read[length - 1] == '\n' ? length - 1 : length;
        }
    }

    private static CommandFailedException refused(SecretRef secret, String what, String next) {
        return new CommandFailedException(
                ExitCode.FAILED,
                new Cause("the value of secret '%s' %s".formatted(secret.name(), what), "standard input", next));
    }
}
