package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.ingress.PasswordFile;
import io.nationtech.harmony.ingress.PasswordFileException;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretLookup;
import io.nationtech.harmony.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Groups what is about who may enter guarded names; says so itself when nothing else is asked. */
@Command(
        name = "login",
        description = "Who may enter names of the site that are guarded by a name and a password.",
        synopsisSubcommandLabel = "(set | list | remove)")
final class LoginCommand {

    /**
     * Who may log in, and the version of the secret that says so.
     *
     * @param version 0 when there is none
     */
    record Logins(Optional<PasswordFile> users, long version) {

        static Logins of(Secrets store, SecretRef ref) {
            return switch (store.get(ref)) {
                case SecretLookup.Absent() -> new Logins(Optional.empty(), 0);
                case SecretLookup.Held(Secret secret, long version) -> {
                    try (secret) {
                        yield new Logins(Optional.of(secret.read(PasswordFile::parse)), version);
                    } catch (PasswordFileException e) {
                        throw refused(
                                "secret '%s' says not who may log in: %s".formatted(ref.name(), e.getMessage()),
                                store.place(),
                                "nothing was changed; name a secret of its own for logins, or write this one anew: harmony secret set "
                                        + ref.name());
                    }
                }
            };
        }

        /** Those who are there. */
        PasswordFile required(Secrets store, SecretRef ref) {
            return users.orElseThrow(() -> refused(
                    "there is no secret '%s'".formatted(ref.name()),
                    store.place(),
                    "make it with its first user: harmony login set %s <user>".formatted(ref.name())));
        }
    }

    /** Keeps it, unless somebody else wrote it since it was read. */
    static void keep(Terminal terminal, Secrets store, SecretRef ref, PasswordFile users, long version) {
        try (Secret value = Secret.takeFrom(users.text().getBytes(StandardCharsets.US_ASCII))) {
            SecretSetCommand.tell(terminal, ref, store, store.put(ref, value, version));
        }
    }

    static CommandFailedException refused(String what, String where, String next) {
        return new CommandFailedException(ExitCode.FAILED, new Cause(what, where, next));
    }
}
