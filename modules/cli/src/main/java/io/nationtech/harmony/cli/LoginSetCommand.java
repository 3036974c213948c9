package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.ingress.LoginName;
import io.nationtech.harmony.ingress.PasswordFile;
import io.nationtech.harmony.ingress.PasswordFileException;
import io.nationtech.harmony.ingress.PasswordHash;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.Secrets;
import java.security.SecureRandom;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.commons.codec.digest.Sha2Crypt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "set",
        description =
                "Let a user log in, or give one another password; read from the standard input, or typed in unseen.",
        footer = {
            "",
            "Only a hash of it is kept. One line end at the end of the input is not part of the password.",
            "",
            "Examples:",
            "  harmony login set photos-users ada                at a terminal: asks, and shows nothing",
            "  pwgen -s 20 1 | harmony login set photos-users ada"
        })
final class LoginSetCommand implements Callable<Integer> {
    private static final String SALT_LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SALT = 16;
    private static final int LONGEST = 256;

    private final Terminal terminal;
    private final ValueInput input;

    @Mixin
    private LoginArgument login = new LoginArgument();

    @Mixin
    private SecretsOption secrets = new SecretsOption();

    LoginSetCommand(Terminal terminal, ValueInput input) {
        this.terminal = terminal;
        this.input = input;
    }

    @Override
    public Integer call() {
        LoginName user = login.user();
        SecretRef ref = login.secret();
        try (Secrets store = secrets.open()) {
            LoginCommand.Logins before = LoginCommand.Logins.of(store, ref);
            try (Secret password = input.value(ref, "password of " + user)) {
                PasswordHash hash = password.read(LoginSetCommand::hash);
                LoginCommand.keep(terminal, store, ref, more(before, user, hash, store), before.version());
            }
        }
        return ExitCode.DONE.code();
    }

    private static PasswordFile more(LoginCommand.Logins before, LoginName user, PasswordHash hash, Secrets store) {
        SortedMap<LoginName, PasswordHash> users =
                new TreeMap<>(before.users().map(PasswordFile::users).orElseGet(TreeMap::new));
        users.put(user, hash);
        try {
            return new PasswordFile(users);
        } catch (PasswordFileException e) {
            throw LoginCommand.refused(
                    String.valueOf(e.getMessage()), store.place(), "nothing was changed; remove somebody first");
        }
    }

    /**
     * SHA-512-crypt of 5,000 rounds, as shadow(5) has it: browsers send the password with each request, and this costs the proxy 2 to 4 ms
     * of a processor, where bcrypt of the usual cost takes 60.
     */
    private static PasswordHash hash(byte[] password) {
        requireText(password);
        SecureRandom random = new SecureRandom();
        StringBuilder salt = new StringBuilder("$6$");
        for (int at = 0; at < SALT; at++) {
            salt.append(SALT_LETTERS.charAt(random.nextInt(SALT_LETTERS.length())));
        }
        return new PasswordHash(Sha2Crypt.sha512Crypt(password, salt.toString()));
    }

    /** What a browser can send. */
    private static void requireText(byte[] password) {
        boolean isText = password.length <= LONGEST;
        for (byte one : password) {
            isText &= one < 0 || (one >= ' ' && one != 0x7f);
        }
        if (!isText) {
            throw LoginCommand.refused(
                    "a password is one line of at most %d bytes".formatted(LONGEST),
                    "standard input",
                    "nothing was changed; give another");
        }
    }
}
