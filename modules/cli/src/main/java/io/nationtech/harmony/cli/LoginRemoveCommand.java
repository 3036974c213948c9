package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.ingress.LoginName;
import io.nationtech.harmony.ingress.PasswordFile;
import io.nationtech.harmony.secrets.Secrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "remove",
        description = "Let a user log in no more, from the next deploy on.",
        footer = {"", "Example:", "  harmony login remove photos-users ada"})
final class LoginRemoveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private LoginArgument login = new LoginArgument();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    LoginRemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LoginName user = login.user();
        SecretRef ref = login.secret();
        try (Secrets store = secrets.open()) {
            LoginCommand.Logins before = LoginCommand.Logins.of(store, ref);
            PasswordFile users = before.required(store, ref);
            if (!users.users().containsKey(user)) {
                throw LoginCommand.refused(
                        "secret '%s' names no user '%s'".formatted(ref.name(), user),
                        store.place(),
                        "`harmony login list %s` says whom it names".formatted(ref.name()));
            }
            if (users.users().size() == 1) {
                throw LoginCommand.refused(
                        "'%s' is the last one in secret '%s', and without them nobody could log in"
                                .formatted(user, ref.name()),
                        store.place(),
                        "let somebody else in first: harmony login set %s <user>".formatted(ref.name()));
            }
            LoginCommand.keep(terminal, store, ref, users.without(user), before.version());
        }
        return ExitCode.DONE.code();
    }
}
