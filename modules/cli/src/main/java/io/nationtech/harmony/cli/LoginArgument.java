package io.nationtech.harmony.cli;

import io.nationtech.harmony.domain.value.InvalidValueException;
import io.nationtech.harmony.domain.value.SecretRef;
import io.nationtech.harmony.ingress.LoginName;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** A user, and the secret that says who may log in. */
final class LoginArgument {
    @Parameters(
            index = "0",
            paramLabel = "<secret>",
            converter = ReadSecret.class,
            description = "the secret that says who may log in, as a deployment names it: photos-users")
    private SecretRef secret = SecretRef.of("unnamed");

    @Parameters(index = "1", paramLabel = "<user>", description = "1 to 64 letters, digits, '.', '_', '-' and '@'")
    private String user = "";

    /** Taken, so that it is not repeated in a complaint about it. */
    @Parameters(index = "2..*", hidden = true)
    private List<String> password = List.of();

    SecretRef secret() {
        return secret;
    }

    LoginName user() {
        if (!password.isEmpty()) {
            throw LoginCommand.refused(
                    "a password does not belong on the command line, where `ps` and the shell's history show it",
                    "harmony login",
                    "regard it as known to others; type another when asked, or give it through the standard input");
        }
        try {
            return LoginName.of(user);
        } catch (InvalidValueException e) {
            throw LoginCommand.refused(
                    String.valueOf(e.getMessage()), "harmony login", "as in: harmony login set photos-users ada");
        }
    }

    /** Reads the name of a secret. */
    static final class ReadSecret implements ITypeConverter<SecretRef> {
        @Override
        public SecretRef convert(String text) {
            try {
                return SecretRef.parse(text);
            } catch (InvalidValueException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
