package io.nationtech.harmony.secrets.openbao;

import io.nationtech.harmony.domain.Cause;
import io.nationtech.harmony.secrets.Secret;
import io.nationtech.harmony.secrets.SecretsUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the token to ask with comes from. A file is read for each request, so that an agent that renews it is followed. */
public sealed interface OpenBaoToken {

    /** A file that holds nothing but the token, such as a systemd credential or what {@code bao agent} writes. */
    record InFile(Path path) implements OpenBaoToken {}

    /** A token that this process was given; whoever made it closes it. */
    record Given(Secret token) implements OpenBaoToken {}

    /**
     * The token as the tools of OpenBao find it: {@code BAO_TOKEN}, {@code VAULT_TOKEN}, else the file {@code ~/.vault-token}.
     */
    static OpenBaoToken find(Map<String, String> environment, Path home) {
        for (String variable : new String[] {"BAO_TOKEN", "VAULT_TOKEN"}) {
            String token = environment.getOrDefault(variable, "");
            if (!token.isBlank()) {
                return new Given(Secret.takeFrom(token.strip().toCharArray()));
            }
        }
        return new InFile(home.resolve(".vault-token"));
    }

    /** The token as a header's value: the HTTP client takes nothing else. */
    default String header() {
        String token = switch (this) {
            case InFile(Path path) -> read(path);
            case Given(Secret given) -> text(given);
        };
        if (!token.matches("[\\x21-\\x7e]{1,4096}")) {
            throw new SecretsUnavailableException(
                    new Cause("the token is empty or no token", place(), "put a token there, and nothing else"));
        }
        return token;
    }

    private String place() {
        return switch (this) {
            case InFile(Path path) -> path.toString();
            case Given given -> "the token of this process";
        };
    }

    private static String text(Secret token) {
        return token.read(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    private static String read(Path path) {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new SecretsUnavailableException(new Cause(
                    "the token for OpenBao cannot be read",
                    path.toString(),
                    "log in with: bao login, or set BAO_TOKEN"));
        }
    }
}
